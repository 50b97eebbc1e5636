/** The sentence that says where a run stands. Pure. */
import { PHASE_LABELS } from '../../experiment/events.ts';
import { type CorporaState, notReady } from '../../store/corpora.ts';
import { currentStep, type RunProgress } from '../../store/progress.ts';
import { formatCount } from '../format.ts';

/** What a run would wait for; null where one can start. */
export function obstacle({ pair, source, target }: CorporaState): string | null {
  const busy = notReady({ source, target });
  if (busy) return busy;
  if (!pair) return 'Waiting for two corpora';
  return pair.conflict ? 'The two corpora do not fit together' : null;
}

/**
 * E.g. "Training the GAN · step 240 of 600", "Paused · …", "Ready to train".
 * @param comparing whether a comparison has the backend, between whose trainings a run takes its turn.
 */
export function statusText(run: RunProgress, corpora: CorporaState, comparing = false): string {
  if (run.status === 'idle') return obstacle(corpora) ?? 'Ready to train';
  if (run.status === 'starting') return comparing ? 'Waits for a training of the comparison' : 'Starting …';
  if (run.status === 'finished' || run.phase === 'done') return PHASE_LABELS.done;
  const prefix = { running: '', paused: 'Paused · ', stopped: 'Stopped · ', failed: 'Failed · ' }[run.status];
  const phase = run.phase ? PHASE_LABELS[run.phase] : 'before the first phase';
  const step = currentStep(run);
  if (!step || step.step === 0) return `${prefix}${phase}`;
  const of = step.steps > 0 ? ` of ${formatCount(step.steps)}` : '';
  return `${prefix}${phase} · step ${formatCount(step.step)}${of}`;
}
