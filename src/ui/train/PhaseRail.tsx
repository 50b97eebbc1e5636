/** The phases of a run in order, each filling as it goes. */
import { PHASE_LABELS, PHASES, type Phase } from '../../experiment/events.ts';
import { useStudioState } from '../../store/react.tsx';
import type { StudioState } from '../../store/studio.ts';
import styles from './Transport.module.css';

/** What stands on the rail: a phase, or two that follow each other. */
const RAIL: readonly { phases: readonly [Phase, ...Phase[]]; short: string }[] = [
  { phases: ['prepare'], short: 'Prepare' },
  { phases: ['classifier'], short: 'Classifier' },
  { phases: ['identity'], short: 'Generators' },
  { phases: ['gan'], short: 'GAN' },
  { phases: ['generate', 'selection'], short: 'Samples' },
  { phases: ['recognisers'], short: 'Recognisers' },
];

/** Share of the phases that is done, in [0, 1]. */
function share({ run }: StudioState, phases: readonly Phase[]): number {
  if (run.phase === null) return 0;
  if (phases.every((phase) => PHASES.indexOf(phase) < PHASES.indexOf(run.phase as Phase))) return 1;
  const progress = run.phases[run.phase];
  return phases.includes(run.phase) && progress && progress.steps > 0 ? progress.step / progress.steps : 0;
}

function RailPhase({ phases, short }: (typeof RAIL)[number]) {
  const done = useStudioState((s) => Math.round(100 * share(s, phases)));
  const current = useStudioState((s) => s.run.phase !== null && phases.includes(s.run.phase));
  return (
    <li className={styles.phase} data-state={done >= 100 ? 'done' : current ? 'current' : 'ahead'}>
      <span className={styles.track}>
        <span className={styles.fill} style={{ transform: `scaleX(${done / 100})` }} />
      </span>
      <span
        className={styles.phaseName}
        title={phases.map((phase) => PHASE_LABELS[phase]).join(', ')}
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
        <RailPhase key={item.short} {...item} />
      ))}
    </ol>
  );
}
