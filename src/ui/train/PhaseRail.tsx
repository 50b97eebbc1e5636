/** The six phases of a run in order, each filling as it goes. */
import { PHASE_LABELS, PHASES, type Phase } from '../../experiment/events.ts';
import { useStudioState } from '../../store/react.tsx';
import type { StudioState } from '../../store/studio.ts';
import styles from './Transport.module.css';

const RAIL: readonly { phase: Phase; short: string }[] = [
  { phase: 'prepare', short: 'Prepare' },
  { phase: 'classifier', short: 'Classifier' },
  { phase: 'identity', short: 'Generators' },
  { phase: 'gan', short: 'GAN' },
  { phase: 'generate', short: 'Samples' },
  { phase: 'recognisers', short: 'Recognisers' },
];

/** Share of a phase that is done, in [0, 1]. */
function share({ run }: StudioState, phase: Phase): number {
  if (run.phase === null) return 0;
  if (PHASES.indexOf(phase) < PHASES.indexOf(run.phase)) return 1;
  const progress = run.phases[phase];
  return run.phase === phase && progress && progress.steps > 0 ? progress.step / progress.steps : 0;
}

function RailPhase({ phase, short }: (typeof RAIL)[number]) {
  const done = useStudioState((s) => Math.round(100 * share(s, phase)));
  const current = useStudioState((s) => s.run.phase === phase);
  return (
    <li className={styles.phase} data-state={done >= 100 ? 'done' : current ? 'current' : 'ahead'}>
      <span className={styles.track}>
        <span className={styles.fill} style={{ transform: `scaleX(${done / 100})` }} />
      </span>
      <span
        className={styles.phaseName}
        title={PHASE_LABELS[phase]}
        aria-current={current ? 'step' : undefined}
      >
        {short}
      </span>
    </li>
  );
}

export function PhaseRail() {
  return (
    <ol className={styles.rail} aria-label="Phases of the run">
      {RAIL.map((item) => (
        <RailPhase key={item.phase} {...item} />
      ))}
    </ol>
  );
}
