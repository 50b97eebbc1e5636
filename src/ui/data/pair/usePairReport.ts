/** How the pair differs, looked up once it is asked for and again whenever it has changed. */
import { useEffect, useRef, useState } from 'react';
import type { PairReport } from '../../../corpus/pairReport.ts';
import { useStudio, useStudioState } from '../../../store/react.tsx';
import type { StudioState } from '../../../store/studio.ts';

export interface PairLook {
  /** The last answer for these two corpora, even where a decision has put it out of date; null before the first. */
  readonly report: PairReport | null;
  readonly state: 'ready' | 'looking' | 'failed';
  /** Asks again after a failure. */
  readonly retry: () => void;
}

/** Which two corpora are meant, whatever has been decided about them. */
const nameOf = ({ corpora: { source, target } }: StudioState) =>
  JSON.stringify([source.corpus?.name, target.corpus?.name]);

/** @param wanted whether the answer can be seen. */
export function usePairReport(wanted: boolean): PairLook {
  const studio = useStudio();
  const differences = useStudioState((s) => s.corpora.differences);
  const source = useStudioState((s) => s.corpora.source.corpus?.values);
  const target = useStudioState((s) => s.corpora.target.corpus?.values);
  const name = useStudioState(nameOf);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const last = useRef<{ readonly name: string; readonly report: PairReport } | null>(null);
  if (differences) last.current = { name, report: differences };

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows, or another attempt, are another question.
  useEffect(() => {
    setFailed(false);
    if (!wanted || differences) return;
    let asked = true;
    void studio.corpora.compare().then(() => {
      if (asked && !studio.store.getState().corpora.differences) setFailed(true);
    });
    return () => {
      asked = false;
    };
  }, [studio, wanted, differences, source, target, attempt]);

  return {
    report: differences ?? (last.current?.name === name ? last.current.report : null),
    state: differences ? 'ready' : failed ? 'failed' : 'looking',
    retry: () => setAttempt((now) => now + 1),
  };
}
