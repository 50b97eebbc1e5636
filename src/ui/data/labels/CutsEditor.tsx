/** The two boundaries that cut a continuous scale into low, mid and high; counts follow as they move. */
import { useId, useState } from 'react';
import type { ContinuousLabels, Task } from '../../../corpus/corpus.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import styles from './Labels.module.css';
import { tidy } from './labelChoices.ts';

interface CutsEditorProps {
  readonly place: Role;
  readonly task: Task;
  readonly labels: ContinuousLabels;
  readonly disabled: boolean;
}

const textOf = ({ cuts: [low, high] }: ContinuousLabels): readonly [string, string] => [
  `${tidy(low)}`,
  `${tidy(high)}`,
];

/** The boundaries that two texts mean: those there are where nothing else was typed, to their last digit. */
const cutsOf = (texts: readonly [string, string], labels: ContinuousLabels): readonly [number, number] => {
  const shown = textOf(labels);
  const cutOf = (at: 0 | 1) =>
    texts[at] === shown[at] ? labels.cuts[at] : texts[at].trim() === '' ? Number.NaN : Number(texts[at]);
  return [cutOf(0), cutOf(1)];
};

const usable = ([low, high]: readonly [number, number]) =>
  Number.isFinite(low) && Number.isFinite(high) && low < high;

export function CutsEditor({ place, task, labels, disabled }: CutsEditorProps) {
  const { corpora } = useStudio();
  const id = useId();
  const [draft, setDraft] = useState(() => textOf(labels));
  const [known, setKnown] = useState(labels);
  if (known !== labels) {
    setKnown(labels);
    // What is being typed stays as it is typed; boundaries moved elsewhere, or of other ratings, take its place.
    const [low, high] = cutsOf(draft, labels);
    const moved = low !== labels.cuts[0] || high !== labels.cuts[1];
    if (moved || known.ratings !== labels.ratings) setDraft(textOf(labels));
  }
  const wrong = usable(cutsOf(draft, labels))
    ? null
    : 'The lower boundary must be a number below the upper one.';
  const change = (at: 0 | 1, text: string) => {
    const next: [string, string] = at === 0 ? [text, draft[1]] : [draft[0], text];
    setDraft(next);
    const cuts = cutsOf(next, labels);
    if (usable(cuts)) corpora.setCuts(place, task, cuts);
  };
  const input = (at: 0 | 1) => (
    <input
      type="number"
      step="any"
      value={draft[at]}
      disabled={disabled}
      aria-label={`${task}: ${at === 0 ? 'low is at most' : 'high is at least'}`}
      aria-invalid={wrong !== null}
      aria-describedby={wrong ? `${id}-wrong` : undefined}
      onChange={(event) => change(at, event.target.value)}
    />
  );
  return (
    <div className={styles.cuts}>
      <span className={styles.cutsTask}>{task}</span>
      <span>low ≤ {input(0)}</span>
      <span>high ≥ {input(1)}</span>
      {wrong && (
        <span id={`${id}-wrong`} className={styles.wrong}>
          {wrong}
        </span>
      )}
    </div>
  );
}
