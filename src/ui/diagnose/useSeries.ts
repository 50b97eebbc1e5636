/** The evidence of a run as its charts take it. */
import { useMemo } from 'react';
import type { EvidenceSeries } from '../../charts/evidenceFigures.ts';
import { evidenceOfAll } from '../../store/diagnosis.ts';
import { useStudioState } from '../../store/react.tsx';

/** Evidence of all moments; that of the finished GAN apart. */
export function useSeries(): EvidenceSeries {
  const evidence = useStudioState(evidenceOfAll);
  const finished = useStudioState(
    (s) => s.timeline.moments.findLast(({ samples }) => samples)?.final ?? false,
  );
  return useMemo(
    () =>
      finished
        ? { moments: evidence.slice(0, -1), final: evidence.at(-1) ?? null }
        : { moments: evidence, final: null },
    [evidence, finished],
  );
}
