/** Stage 4: did the synthetic samples help? */
import { useMemo, useState } from 'react';
import type { SampleSet } from '../../experiment/events.ts';
import { lossesCsv } from '../../store/losses.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { configOf } from '../../store/setup.ts';
import { plural } from '../format.ts';
import { Stage } from '../shell/Stage.tsx';
import { download } from './download.ts';
import styles from './Results.module.css';
import { RowDetail } from './RowDetail.tsx';
import { ScoreTable } from './ScoreTable.tsx';
import { bestSet, summaries } from './summary.ts';

function Downloads() {
  const { store } = useStudio();
  const hasLosses = useStudioState((s) => s.run.lossVersion > 0);
  const saveLosses = () => download('losses.csv', 'text/csv', lossesCsv(store.getState().run.losses));
  const saveConfig = () => {
    const { run, setup } = store.getState();
    const config = run.config ?? configOf(setup);
    download('config.json', 'application/json', `${JSON.stringify(config, null, 2)}\n`);
  };
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

/** Which run the table belongs to: the set-up may have changed since. */
function RunLine() {
  const config = useStudioState((s) => s.run.config);
  if (!config) return <p className="muted small">Filled as recognisers are scored, after the GAN.</p>;
  const { task, preset, seed, settings } = config;
  return (
    <p className="muted small">
      {task}, preset {preset}, seed {seed}; mean ± sd over {plural(settings.recogniser.seeds, 'recogniser')}
    </p>
  );
}

export function ResultsStage() {
  const scores = useStudioState((s) => s.run.scores);
  const done = useStudioState((s) => s.run.status === 'finished');
  const scorable = useStudioState((s) => {
    const first = s.run.scores[0];
    if (first) return first.uar !== null;
    return s.corpora.target.corpus === null || !!s.corpora.target.corpus.labels[s.setup.task];
  });
  const [chosen, setChosen] = useState<SampleSet | null>(null);
  const rows = useMemo(() => summaries(scores), [scores]);
  const best = bestSet(rows);
  const selected = chosen ?? best ?? 'source-only';
  return (
    <Stage number={4} name="Results" state={done ? 'ready' : scores.length > 0 ? 'active' : 'waiting'}>
      <div className={styles.panel}>
        {!scorable && (
          <p className={styles.unscored}>
            The target carries no labels for this task, so the table cannot score anything. It shows which
            classes the recognisers predict, as shares of the target’s rows.
          </p>
        )}
        <ScoreTable rows={rows} scorable={scorable} best={best} selected={selected} onSelect={setChosen} />
        <RunLine />
        <RowDetail rows={rows} selected={selected} scorable={scorable} />
        <Downloads />
      </div>
    </Stage>
  );
}
