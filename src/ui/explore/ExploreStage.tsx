/** Stage 3: where the synthetic samples lie among the real ones. */
import { useStudioState } from '../../store/react.tsx';
import { Stage } from '../shell/Stage.tsx';
import { MapSwitches } from './MapSwitches.tsx';
import { ProjectionPanel } from './ProjectionPanel.tsx';

export function ExploreStage() {
  const placed = useStudioState((s) => s.map.placed);
  const state = placed ? (placed.final ? 'ready' : 'active') : 'waiting';
  return (
    <Stage number={3} name="Explore" state={state} aside={<MapSwitches />}>
      <ProjectionPanel />
    </Stage>
  );
}
