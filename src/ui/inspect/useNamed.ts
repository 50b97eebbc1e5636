/** What samples are named by, as the store has it now. */
import { useMemo } from 'react';
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import type { Named } from './sampleText.ts';

export function useNamed(): Named {
  const source = useStudioState((s) => s.corpora.source.corpus);
  const target = useStudioState((s) => s.corpora.target.corpus);
  const task = useStudioState((s) => s.setup.task);
  const moment = useStudioState((s) => momentShown(s.timeline));
  return useMemo(() => ({ source, target, task, moment }), [source, target, task, moment]);
}
