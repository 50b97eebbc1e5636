/** Stage 1 of the studio: the two corpora side by side, how they fit together, and the way to look closer. */
import { useStudioState } from '../../store/react.tsx';
import { Stage } from '../shell/Stage.tsx';
import { CorpusPair } from './CorpusPair.tsx';
import { isPair } from './isPair.ts';
import { PairNote } from './PairNote.tsx';

export function DataStage() {
  const ready = useStudioState(isPair);
  return (
    <Stage
      number={1}
      name="Data"
      state={ready ? 'ready' : 'active'}
      aside={
        <>
          <PairNote />
          <a href="#data">Look closer</a>
        </>
      }
    >
      <CorpusPair detail="folded" />
    </Stage>
  );
}
