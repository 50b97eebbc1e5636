/** How the pair differs, looked up once it is asked for and again whenever it has changed. */
import { useEffect } from 'react';
import type { PairReport } from '../../../corpus/pairReport.ts';
import { useStudio, useStudioState } from '../../../store/react.tsx';

export interface PairLook {
  /** The last answer for these two corpora, even where a decision has put it out of date; null before the first. */
  readonly report: PairReport | null;
  readonly state: 'ready' | 'looking' | 'failed';
  /** Why it failed. */
  readonly error: string | null;
  /** Asks again after a failure. */
  readonly retry: () => void;
}

/** @param wanted whether the answer can be seen. */
export function usePairReport(wanted: boolean): PairLook {
  const { corpora, followDifferences } = useStudio();
  const { report, current, error } = useStudioState((s) => s.corpora.differences);
  useEffect(() => (wanted ? followDifferences() : undefined), [wanted, followDifferences]);
  return {
    report,
    state: current ? 'ready' : error === null ? 'looking' : 'failed',
    error,
    retry: () => void corpora.compare(),
  };
}
