/** The page that compares methods: Setup → Run → Figures → Tables. */
import { useEffect } from 'react';
import { isComparing } from '../../store/compare.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Stage, type StageState } from '../shell/Stage.tsx';
import { CompareSetup } from './CompareSetup.tsx';
import { CompareTransport } from './CompareTransport.tsx';
import { counts, obstacle } from './compareText.ts';
import { Figures } from './Figures.tsx';
import { Tables } from './Tables.tsx';

const runState = (active: boolean, done: boolean): StageState =>
  active ? 'active' : done ? 'ready' : 'waiting';

export function ComparePage() {
  const { followComparison } = useStudio();
  useEffect(followComparison, [followComparison]);
  const ready = useStudioState((s) => obstacle(s.corpora, s.setup.task, s.compare.methods) === null);
  const active = useStudioState((s) => isComparing(s.compare.status));
  const done = useStudioState(({ compare }) => counts(compare).done);
  const all = useStudioState(({ compare }) => counts(compare).all);
  const some: StageState = done > 0 ? 'ready' : 'waiting';
  return (
    <main>
      <Stage
        number={1}
        name="Setup"
        state={ready ? 'ready' : 'active'}
        aside={
          <p>
            Every method is trained anew from every seed, on the same corpora, and asked about the target.
            Task, preset, backend and settings are those of the studio.
          </p>
        }
      >
        <CompareSetup />
      </Stage>
      <Stage number={2} name="Run" state={runState(active, ready && done === all)}>
        <CompareTransport />
      </Stage>
      <Stage number={3} name="Figures" state={some}>
        <Figures />
      </Stage>
      <Stage number={4} name="Tables" state={some}>
        <Tables />
      </Stage>
    </main>
  );
}
