/** Stage 4: what is wrong with the GAN at the moment on show, and what can be done about it. */
import { useStudioState } from '../../store/react.tsx';
import { Stage } from '../shell/Stage.tsx';
import { FindingsPanel } from './FindingsPanel.tsx';

export function DiagnoseStage() {
  const judged = useStudioState(
    ({ timeline }) => timeline.anchors !== null && timeline.moments.some(({ samples }) => samples !== null),
  );
  const finished = useStudioState((s) => s.timeline.moments.at(-1)?.final ?? false);
  return (
    <Stage number={4} name="Diagnose" state={!judged ? 'waiting' : finished ? 'ready' : 'active'}>
      <FindingsPanel />
    </Stage>
  );
}
