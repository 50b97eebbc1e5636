/** The page that shows what was read and lets it be decided on: Files → Labels → Quality → Pair → Save. */
import { useStudioState } from '../../store/react.tsx';
import { Stage } from '../shell/Stage.tsx';
import { CorpusPair } from './CorpusPair.tsx';
import { isPair } from './isPair.ts';
import { LabelsStage } from './labels/LabelsStage.tsx';
import { PairNote } from './PairNote.tsx';
import { PairStage } from './pair/PairStage.tsx';
import { QualityStage } from './QualityStage.tsx';
import { SaveStage } from './save/SaveStage.tsx';

export function DataPage() {
  const ready = useStudioState(isPair);
  return (
    <main>
      <Stage number={1} name="Files" state={ready ? 'ready' : 'active'} aside={<PairNote />}>
        <CorpusPair detail="open" />
      </Stage>
      <LabelsStage />
      <QualityStage />
      <PairStage />
      <SaveStage />
    </main>
  );
}
