/** The scores of the run as the results show them, and which row is looked at. */
import { useMemo } from 'react';
import type { SampleSet } from '../../experiment/events.ts';
import { useStudioState } from '../../store/react.tsx';
import { bestSet, type RowSummary, summaries } from './summary.ts';

export interface Results {
  readonly rows: Record<SampleSet, RowSummary | null>;
  readonly best: SampleSet | null;
  /** The row chosen by the user, or the best. */
  readonly selected: SampleSet;
  /** False where the target has no labels for the task. */
  readonly scorable: boolean;
}

export function useResults(): Results {
  const scores = useStudioState((s) => s.run.scores);
  const chosen = useStudioState((s) => s.view.row);
  const scorable = useStudioState((s) => {
    const first = s.run.scores[0];
    if (first) return first.uar !== null;
    return s.corpora.target.corpus === null || !!s.corpora.target.corpus.labels[s.setup.task];
  });
  const rows = useMemo(() => summaries(scores), [scores]);
  const best = bestSet(rows);
  return { rows, best, selected: chosen ?? best ?? 'source-only', scorable };
}
