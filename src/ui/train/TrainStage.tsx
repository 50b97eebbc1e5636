/** Stage 2: set a run up, drive it, watch its losses. */
import { isActive } from '../../store/progress.ts';
import { useStudioState } from '../../store/react.tsx';
import { LivePanel } from '../live/LivePanel.tsx';
import { LossPanel } from '../losses/LossPanel.tsx';
import { LossScale } from '../losses/LossScale.tsx';
import { Stage, type StageState } from '../shell/Stage.tsx';
import { Notes } from './Notes.tsx';
import { Setup } from './Setup.tsx';
import { Transport } from './Transport.tsx';

export function TrainStage() {
  const state: StageState = useStudioState((s) => {
    if (isActive(s.run.status)) return 'active';
    return s.run.status === 'finished' ? 'ready' : 'waiting';
  });
  return (
    <Stage
      number={2}
      name="Train"
      state={state}
      aside={
        <>
          <LossScale />
          <Notes />
        </>
      }
    >
      <Setup />
      <Transport />
      <LivePanel />
      <LossPanel />
    </Stage>
  );
}
