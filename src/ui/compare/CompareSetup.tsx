/** What is compared: corpora, task, settings, seeds, methods; and why nothing can be, where that is so. */
import { GROUP_LABELS } from '../../charts/palette.ts';
import { isComparing, MOST_SEEDS } from '../../store/compare.ts';
import type { Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { formatRoughly, plural } from '../format.ts';
import { BackendSelect, NumberField, PresetSelect, SettingsButton, TaskChoice } from '../train/controls.tsx';
import setupStyles from '../train/Setup.module.css';
import styles from './Compare.module.css';
import { faultOf, obstacle, secondsOf } from './compareText.ts';
import { MethodChoice } from './MethodChoice.tsx';

function CorpusLine({ place }: { place: Role }) {
  const corpus = useStudioState((s) => s.corpora[place].corpus);
  const speakers = useStudioState((s) => s.corpora[place].report?.speakers ?? null);
  return (
    <div className={styles.corpus}>
      <span className="muted small">{GROUP_LABELS[place]}</span>
      {corpus ? (
        <>
          <b className="ellipsis" title={corpus.name}>
            {corpus.name}
          </b>
          <span className="muted small">
            {plural(corpus.rows, 'utterance')}
            {speakers !== null && ` of ${plural(speakers, 'speaker')}`}
            {corpus.simulated && ', simulated'}
          </span>
        </>
      ) : (
        <b>none yet</b>
      )}
    </div>
  );
}

function Corpora() {
  const { corpora } = useStudio();
  const empty = useStudioState((s) => s.corpora.pair === null);
  const reading = useStudioState((s) => !!s.corpora.source.reading || !!s.corpora.target.reading);
  return (
    <div className={styles.corpora}>
      <CorpusLine place="source" />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <CorpusLine place="target" />
      {empty && (
        <button type="button" disabled={reading} onClick={() => void corpora.loadDemo()}>
          Load the demo corpora
        </button>
      )}
      <a className="button quiet" href="#studio">
        {empty ? 'Load your own' : 'Load others'}
      </a>
    </div>
  );
}

/** An earlier comparison that the page was left in the middle of. */
function Former() {
  const { compare } = useStudio();
  const former = useStudioState((s) => s.compare.former);
  if (!former) return null;
  const { task, preset, methods, seeds } = former;
  return (
    <p className={styles.note}>
      The last comparison of these corpora was set up otherwise: {task}, preset {preset},{' '}
      {plural(methods.length, 'method')} from {plural(seeds.length, 'seed')}. Its trainings are kept.{' '}
      <button type="button" className="quiet" onClick={compare.resumeFormer}>
        Go back to it
      </button>
    </p>
  );
}

function Cost() {
  const missing = useStudioState((s) => s.compare.results?.missing ?? null);
  const estimate = useStudioState((s) => s.machine.estimate);
  const estimating = useStudioState((s) => s.machine.estimating);
  const trainings = useStudioState((s) => s.compare.methods.length * s.compare.seeds);
  const to = missing?.length ?? trainings;
  const seconds = missing && secondsOf(missing, estimate?.unitSeconds ?? null);
  return (
    <div className={setupStyles.estimate} style={{ minHeight: 0 }}>
      <p className={setupStyles.duration}>
        {to === 0 ? (
          <b>Nothing left to train</b>
        ) : seconds !== null ? (
          <>
            <b>About {formatRoughly(seconds * 1000)}</b> for {plural(to, 'training')}
          </>
        ) : estimating ? (
          'Measuring a few steps …'
        ) : (
          plural(to, 'training')
        )}
        {missing !== null && to > 0 && to < trainings && `; ${trainings - to} are done already`}
      </p>
      <p className="muted small">A training is one method from one seed, with all its recognisers.</p>
    </div>
  );
}

export function CompareSetup() {
  const { compare } = useStudio();
  const seeds = useStudioState((s) => s.compare.seeds);
  const busy = useStudioState(isBusy);
  const comparing = useStudioState((s) => isComparing(s.compare.status));
  const blocked = useStudioState((s) => obstacle(s.corpora, s.setup.task, s.compare.methods));
  const faulty = useStudioState((s) => faultOf(s.corpora, s.setup.task) !== null);
  return (
    <div className={styles.setup}>
      <Corpora />
      <div className={setupStyles.setup}>
        <TaskChoice locked={busy} />
        <PresetSelect locked={busy} />
        <BackendSelect locked={busy} />
        <NumberField
          label="Seeds"
          min={1}
          max={MOST_SEEDS}
          value={seeds}
          onChange={compare.setSeeds}
          expected={`A whole number from 1 to ${MOST_SEEDS}`}
          locked={comparing}
        />
        <SettingsButton />
        {blocked === null && !comparing && <Cost />}
      </div>
      {blocked !== null && (
        // What merely is not there yet interrupts nobody.
        <p role={faulty ? 'alert' : undefined} className={styles.note}>
          {blocked}
        </p>
      )}
      {!comparing && <Former />}
      <MethodChoice locked={comparing} />
    </div>
  );
}
