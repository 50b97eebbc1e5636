/** What happened while the GAN trained, for the timeline and for every chart over its steps. */
import { useMemo } from 'react';
import type { StepMark } from '../../charts/evidenceMarks.ts';
import { useStudioState } from '../../store/react.tsx';
import { divergenceText, namedChanges } from './changeText.ts';

/** Changes of settings and divergences by step; the same array as long as nothing new has happened. */
export function useMarks(): readonly StepMark[] {
  const config = useStudioState((s) => s.run.config);
  const changes = useStudioState((s) => s.timeline.changes);
  const diverged = useStudioState((s) => s.timeline.diverged);
  return useMemo(() => {
    const changed = config ? namedChanges(config.settings, changes) : [];
    const marks: StepMark[] = [
      ...changed.map((change) => ({ ...change, kind: 'change' as const })),
      ...diverged.map(({ step, term, restored }) => ({
        step,
        kind: 'divergence' as const,
        text: divergenceText(term, restored),
      })),
    ];
    return marks.sort((a, b) => a.step - b.step);
  }, [config, changes, diverged]);
}
