/** Selecting without a pointer: a group and a class by name; and what is selected. */
import { useState } from 'react';
import type { MapContent } from '../../charts/map.ts';
import { samplesWhere } from '../../charts/mapLighting.ts';
import { GROUP_LABELS, GROUPS, type Group } from '../../charts/palette.ts';
import { CLASSES, UNLABELLED } from '../../corpus/corpus.ts';
import type { SampleSelection } from '../../diagnosis/samples.ts';
import css from './Map.module.css';

/** What is selected on the map, in words, and how more is. */
export interface MapSelection {
  /** Words for what was selected first and second, e.g. "Drawn on the map: 12 samples"; null where nothing was. */
  readonly first: string | null;
  readonly second: string | null;
  /** Whether what is selected next is compared with the first. */
  readonly awaiting: boolean;
  onSelect(label: string, samples: SampleSelection | null): void;
  onAwait(awaiting: boolean): void;
  onClear(): void;
}

interface MapSelectProps {
  readonly content: MapContent;
  readonly hidden: ReadonlySet<Group>;
  readonly selection: MapSelection;
}

const KINDS: readonly { readonly name: string; readonly kind: number | null }[] = [
  { name: 'all classes', kind: null },
  ...CLASSES.map((name, kind) => ({ name, kind })),
  { name: 'no label', kind: UNLABELLED },
];

/** Group and class by name. */
function Choice({ content, hidden, selection }: MapSelectProps) {
  const [group, setGroup] = useState<Group>('source');
  const [place, setPlace] = useState(0);

  const select = () => {
    const { name, kind } = KINDS[place];
    const samples = samplesWhere(
      content,
      hidden,
      (points, i, of) => of === group && (kind === null || points.classes[i] === kind),
    );
    selection.onSelect(`${GROUP_LABELS[group]}, ${name}`, samples);
  };

  return (
    <>
      <span>Select</span>
      <select
        aria-label="Group to select"
        value={group}
        onChange={(event) => setGroup(event.target.value as Group)}
      >
        {GROUPS.map((of) => (
          <option key={of} value={of} disabled={!content.groups[of] || hidden.has(of)}>
            {GROUP_LABELS[of]}
          </option>
        ))}
      </select>
      <select
        aria-label="Class to select"
        value={place}
        onChange={(event) => setPlace(Number(event.target.value))}
      >
        {KINDS.map((of, n) => (
          <option key={of.name} value={n}>
            {of.name}
          </option>
        ))}
      </select>
      <button type="button" aria-label="Select this group and class" onClick={select}>
        Select
      </button>
    </>
  );
}

/** Tools that select, and what is selected. */
export function MapSelect(props: MapSelectProps) {
  const { first, second, awaiting, onAwait, onClear } = props.selection;
  return (
    <fieldset className={css.select} aria-label="Select samples">
      <Choice {...props} />
      <button
        type="button"
        aria-pressed={awaiting}
        disabled={!first}
        title="What is selected next is compared with what is selected now"
        onClick={() => onAwait(!awaiting)}
      >
        Compare with…
      </button>
      <button type="button" disabled={!first && !second} onClick={onClear}>
        Clear
      </button>
      <p role="status" className={css.selected}>
        {first && <span data-frame="first">{first}</span>}
        {second && <span data-frame="second">{second}</span>}
        {awaiting && <em>Now select what it is to be compared with.</em>}
      </p>
    </fieldset>
  );
}
