/** Stage 3: where the synthetic samples lie among the real ones, at the moment on show. */
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { InspectPanel } from '../inspect/InspectPanel.tsx';
import { Stage } from '../shell/Stage.tsx';
import { MapSwitches } from './MapSwitches.tsx';
import { ProjectionPanel } from './ProjectionPanel.tsx';

export function ExploreStage() {
  const final = useStudioState((s) => momentShown(s.timeline)?.final ?? null);
  const state = final === null ? 'waiting' : final ? 'ready' : 'active';
  return (
    <Stage number={3} name="Explore" state={state} aside={<MapSwitches />}>
      <ProjectionPanel />
      <InspectPanel />
    </Stage>
  );
}
