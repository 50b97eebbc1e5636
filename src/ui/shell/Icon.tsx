/** The few pictograms of the page; they stand beside words and are silent for assistive technology. */

const PATHS = {
  play: 'M5 3.5v9l8-4.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  resume: 'M3 3h2.2v10H3zM7 3.5v9l7-4.5z',
  step: 'M3 3.5v9L10 8zM11 3h2.4v10H11z',
  stop: 'M3.5 3.5h9v9h-9z',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" fill="currentColor" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
