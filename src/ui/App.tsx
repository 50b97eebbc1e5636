/** The page: Data → Train → Explore → Results. */
import styles from './App.module.css';
import { DataStage } from './data/DataStage.tsx';
import { ExploreStage } from './explore/ExploreStage.tsx';
import { ConfusionPanel } from './results/ConfusionPanel.tsx';
import { ResultsStage } from './results/ResultsStage.tsx';
import { Header } from './shell/Header.tsx';
import { useThemeAttribute } from './theme.ts';
import { TrainStage } from './train/TrainStage.tsx';

export function App() {
  useThemeAttribute();
  return (
    <div className={styles.page}>
      <Header />
      <main>
        <DataStage />
        <TrainStage />
        <div className={styles.pair}>
          <ExploreStage />
          <ResultsStage />
        </div>
        <ConfusionPanel />
      </main>
    </div>
  );
}
