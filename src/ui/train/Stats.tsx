/** The run in figures, each in a place of its own so that nothing moves as they change. */
import { currentStep, type RunProgress } from '../../store/progress.ts';
import { useStudioState } from '../../store/react.tsx';
import { resolveBackend } from '../../store/setup.ts';
import type { StudioState } from '../../store/studio.ts';
import { formatCount, formatDuration, formatStepTime } from '../format.ts';
import { BACKEND_LABELS } from './backends.ts';
import styles from './Transport.module.css';

const NONE = '–';

const stepText = (run: RunProgress): string => {
  const step = currentStep(run);
  if (!step || (step.step === 0 && step.steps === 0)) return NONE;
  return step.steps > 0 ? `${formatCount(step.step)} / ${formatCount(step.steps)}` : formatCount(step.step);
};

function backendText({ machine, run, setup }: StudioState): string {
  const report = machine.backends;
  const name = run.backend ?? (report && resolveBackend(setup.backend, report));
  if (!name) return NONE;
  const threads = report?.options.find((option) => option.name === name)?.threads ?? 1;
  return `${BACKEND_LABELS[name]}${threads > 1 ? ` × ${threads}` : ''}`;
}

const STATS: readonly { label: string; wide?: boolean; text(state: StudioState): string }[] = [
  { label: 'Step', wide: true, text: ({ run }) => stepText(run) },
  { label: 'Epoch', text: ({ run }) => (run.epochs > 0 ? `${run.epoch} / ${run.epochs}` : NONE) },
  { label: 'Per step', text: ({ run }) => (run.msPerStep === null ? NONE : formatStepTime(run.msPerStep)) },
  {
    label: 'Time left',
    text: ({ run }) => (run.remainingMs === null ? NONE : formatDuration(run.remainingMs)),
  },
  { label: 'Elapsed', text: ({ run }) => (run.status === 'idle' ? NONE : formatDuration(run.elapsedMs)) },
  { label: 'Backend', text: backendText },
];

function Stat({ label, wide, text }: (typeof STATS)[number]) {
  const value = useStudioState(text);
  return (
    <div className={styles.stat} data-wide={wide}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function Stats() {
  return (
    <dl className={styles.stats}>
      {STATS.map((stat) => (
        <Stat key={stat.label} {...stat} />
      ))}
    </dl>
  );
}
