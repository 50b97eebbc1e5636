/** Which run the table belongs to: corpora and set-up may have changed since. */
import { PRESETS } from '../../experiment/presets.ts';
import { useStudioState } from '../../store/react.tsx';
import { plural } from '../format.ts';
import { countChanges } from '../train/settingFields.ts';
import styles from './Results.module.css';

/** Says that the table is not of the corpora that are loaded now. */
function Replaced({ source, target }: { source: string; target: string }) {
  const sourceNow = useStudioState((s) => s.corpora.source.corpus?.name);
  const targetNow = useStudioState((s) => s.corpora.target.corpus?.name);
  const others = sourceNow !== source || targetNow !== target;
  return (
    <p className={styles.replaced}>
      {others ? (
        <>
          <b>Not of the corpora loaded now</b>, {sourceNow} and {targetNow}: train again to score those.
        </>
      ) : (
        <>
          <b>Not of the corpora as they are now:</b> they were loaded anew or their class boundaries moved.
        </>
      )}
    </p>
  );
}

export function RunLine() {
  const config = useStudioState((s) => s.run.config);
  const corpora = useStudioState((s) => s.run.corpora);
  if (!config) return <p className="muted small">Filled as recognisers are scored, after the GAN.</p>;
  const { task, preset, seed, settings } = config;
  const changes = countChanges(settings, PRESETS[preset].settings);
  return (
    <div className={styles.run}>
      {corpora && (
        <p className={styles.corpora}>
          <b>{corpora.source}</b> → <b>{corpora.target}</b>
        </p>
      )}
      <p className="muted">
        {task}, preset {preset}
        {changes > 0 && ` with ${plural(changes, 'change')}`}, seed {seed}; mean ± sd over{' '}
        {plural(settings.recogniser.seeds, 'recogniser')}
      </p>
      {corpora?.replaced && <Replaced source={corpora.source} target={corpora.target} />}
    </div>
  );
}
