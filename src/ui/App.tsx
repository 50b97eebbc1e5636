/** The pages: the studio, Data → Train → Explore → Diagnose → Results; a closer look at the data; lessons; Compare. */
import styles from './App.module.css';
import { ComparePage } from './compare/ComparePage.tsx';
import { DataPage } from './data/DataPage.tsx';
import { DataStage } from './data/DataStage.tsx';
import { DiagnoseStage } from './diagnose/DiagnoseStage.tsx';
import { HighlightProvider } from './diagnose/highlight.tsx';
import { MetricsPanel } from './diagnose/MetricsPanel.tsx';
import { ExploreStage } from './explore/ExploreStage.tsx';
import { FidelityPanel } from './fidelity/FidelityPanel.tsx';
import { ExhibitBar } from './lessons/ExhibitBar.tsx';
import { LessonCoach } from './lessons/LessonCoach.tsx';
import { LessonsPage } from './lessons/LessonsPage.tsx';
import { ResultsStage } from './results/ResultsStage.tsx';
import { Header } from './shell/Header.tsx';
import { usePage } from './shell/page.ts';
import { useThemeAttribute } from './theme.ts';
import { TimelineBar } from './timeline/TimelineBar.tsx';
import { TrainStage } from './train/TrainStage.tsx';

export function App() {
  useThemeAttribute();
  const page = usePage();
  return (
    <div className={styles.page}>
      <Header page={page} />
      <ExhibitBar />
      {/* The studio stays as it is behind the other pages: its charts keep their zoom, its run goes on. */}
      <main hidden={page !== 'studio'}>
        <LessonCoach />
        <DataStage />
        <TrainStage />
        <TimelineBar />
        <HighlightProvider>
          <div className={styles.pair}>
            <ExploreStage />
            <DiagnoseStage />
          </div>
          <div className={styles.wide}>
            <MetricsPanel />
            <FidelityPanel />
          </div>
        </HighlightProvider>
        <ResultsStage />
      </main>
      {page === 'data' && <DataPage />}
      {page === 'lessons' && <LessonsPage />}
      {page === 'compare' && <ComparePage />}
    </div>
  );
}
