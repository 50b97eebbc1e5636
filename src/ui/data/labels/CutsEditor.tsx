/** The two boundaries that cut a continuous scale into low, mid and high; counts follow as they move. */
import { useId, useState } from 'react';
import type { ContinuousLabels, Task } from '../../../corpus/corpus.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import styles from './Labels.module.css';

interface CutsEditorProps {
  readonly place: Role;
  readonly task: Task;
  readonly labels: ContinuousLabels;
  readonly disabled: boolean;
}

const textOf = ({ cuts: [low, high] }: ContinuousLabels): readonly [string, string] => [`${low}`, `${high}`];

export function CutsEditor({ place, task, labels, disabled }: CutsEditorProps) {
  const { corpora } = useStudio();
  const id = useId();
  const [draft, setDraft] = useState(() => textOf(labels));
  const [ratings, setRatings] = useState(labels.ratings);
  // Moving a boundary keeps the ratings; others come from a newly read file, even one of the same name.
  if (ratings !== labels.ratings) {
    setRatings(labels.ratings);
    setDraft(textOf(labels));
  }
  const low = Number(draft[0]);
  const high = Number(draft[1]);
  const wrong =
    draft.some((text) => text.trim() === '' || !Number.isFinite(Number(text))) || low >= high
      ? 'The lower boundary must be a number below the upper one.'
      : null;
  const change = (at: 0 | 1, text: string) => {
    const next: [string, string] = at === 0 ? [text, draft[1]] : [draft[0], text];
    setDraft(next);
    const cuts: [number, number] = [Number(next[0]), Number(next[1])];
    const usable = next.every((t) => t.trim() !== '') && cuts.every(Number.isFinite) && cuts[0] < cuts[1];
    if (usable) corpora.setCuts(place, task, cuts);
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
