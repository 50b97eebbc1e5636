/** Stage 5: did the synthetic samples help? */
import { lossesCsv } from '../../store/losses.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Stage } from '../shell/Stage.tsx';
import { ConfusionPanel } from './ConfusionPanel.tsx';
import { configFile } from './configFile.ts';
import { download } from './download.ts';
import styles from './Results.module.css';
import { RunLine } from './RunLine.tsx';
import { ScoreTable } from './ScoreTable.tsx';
import { SET_MEANINGS } from './sets.ts';
import { useResults } from './useResults.ts';

function Downloads() {
  const { store } = useStudio();
  const hasLosses = useStudioState((s) => s.run.lossVersion > 0);
  const saveLosses = () => download('losses.csv', 'text/csv', lossesCsv(store.getState().run.losses));
  const saveConfig = () => download('config.json', 'application/json', configFile(store.getState()));
  return (
    <div className={styles.downloads}>
      <button type="button" disabled={!hasLosses} onClick={saveLosses}>
        Losses as CSV
      </button>
      <button type="button" onClick={saveConfig}>
        Configuration as JSON
      </button>
    </div>
  );
}

export function ResultsStage() {
  const { view } = useStudio();
  const { rows, best, selected, scorable } = useResults();
  const done = useStudioState((s) => s.run.status === 'finished');
  const begun = Object.values(rows).some((row) => row !== null);
  return (
    <Stage number={5} name="Results" state={done ? 'ready' : begun ? 'active' : 'waiting'}>
      <div className={styles.pair}>
        <div className={styles.panel}>
          {!scorable && (
            <p className={styles.unscored}>
              The target carries no labels for this task, so the table cannot score anything. It shows which
              classes the recognisers predict, as shares of the target’s rows.
            </p>
          )}
          <ScoreTable
            rows={rows}
            scorable={scorable}
            best={best}
            selected={selected}
            onSelect={(row) => view.set({ row })}
          />
          <RunLine />
          <p className={styles.meaning}>
            <b>{selected}</b> {SET_MEANINGS[selected]}
          </p>
          <Downloads />
        </div>
        <ConfusionPanel />
      </div>
    </Stage>
  );
}
