/** The page that shows what was read and lets it be decided on: Files → Labels → Quality → Pair → Save. */
import { DataStage } from './DataStage.tsx';

export function DataPage() {
  return (
    <main>
      <DataStage />
    </main>
  );
}
