/** Rows that both corpora have: with them, training sees labels of the target. */
import type { SharedRows as Shared } from '../../../corpus/duplicates.ts';
import { useStudio, useStudioState } from '../../../store/react.tsx';
import { isBusy } from '../../../store/studio.ts';
import { plural } from '../../format.ts';
import { Segmented } from '../../shell/Segmented.tsx';
import { Examples } from '../Examples.tsx';
import styles from './Pair.module.css';

const OPTIONS = [
  { value: 'keep', label: 'Keep them' },
  { value: 'drop', label: 'Leave them out' },
] as const;

interface SharedRowsProps {
  readonly shared: Shared;
  /** False while the corpora are compared anew: the rows are then those of other corpora. */
  readonly current: boolean;
}

export function SharedRows({ shared, current }: SharedRowsProps) {
  const { setup } = useStudio();
  const locked = useStudioState(isBusy);
  const choice = useStudioState((s) => s.setup.settings.data.sharedRows);
  const source = useStudioState((s) => s.corpora.source.corpus?.utterances);
  const target = useStudioState((s) => s.corpora.target.corpus?.utterances);
  if (shared.count === 0) return <p>No row of the target equals a row of the source.</p>;
  return (
    <div className={styles.note}>
      <p>
        <b>
          {plural(shared.count, 'row of the target equals', 'rows of the target equal')} a row of the source
        </b>{' '}
        in every shared feature. Where the source labels them, a score on them shows memory, not recognition.
      </p>
      <Segmented
        label="Rows that both corpora have"
        hideLabel
        options={OPTIONS}
        value={choice}
        disabled={locked}
        onChange={(value) => setup.setSetting('data', 'sharedRows', value)}
      />
      {current && (
        <Examples
          title="Which"
          count={shared.count}
          examples={shared.examples.map(([s, t]) => `${target?.[t]} = ${source?.[s]}`)}
        />
      )}
    </div>
  );
}
