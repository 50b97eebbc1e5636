/** Where a lesson wants one to look: brings a part of the studio into sight and draws a line around it for a while. */

/** The parts by the names that they have for assistive technology. */
const PLACES = {
  map: '#stage-explore',
  findings: '[aria-label="Findings"]',
  metrics: '[aria-label="Metrics"]',
  losses: '[aria-label="Losses"]',
} as const;
export type Place = keyof typeof PLACES;

const MARK_MS = 2500;

/** Does nothing where the part is not on the page. */
export function pointAt(place: Place): void {
  const part = document.querySelector<HTMLElement>(PLACES[place]);
  if (!part) return;
  part.scrollIntoView({ block: 'center' });
  // It stands still and only goes away, so that it needs no exception for those who want nothing to move.
  const line = { outline: '3px solid var(--accent)', outlineOffset: '6px', borderRadius: '0.625rem' };
  part.animate([line, line], { duration: MARK_MS });
}
