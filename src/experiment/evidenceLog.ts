/**
 * What a run tells that diagnosis asks for, kept while it goes, and put together with the figures of its samples when it
 * has ended. Knows nothing of how samples are measured.
 */
import type { Evidence, SampleEvidence } from '../diagnosis/evidence.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';
import type { LiveChange, Settings } from './config.ts';
import type { RunEvent } from './events.ts';
import { appendLosses, type LossColumns, meanLosses } from './lossColumns.ts';

type Divergence = Extract<RunEvent, { type: 'diverged' }>;

/** Settings with the changes that were carried out after at most so many steps. */
export function settingsAfter(
  settings: Settings,
  changes: readonly LiveChange[],
  steps: number = Number.POSITIVE_INFINITY,
): Settings {
  const made = changes.flatMap(({ after, request }) =>
    after <= steps && request.kind === 'set' ? [request.set] : [],
  );
  return made.length > 0 ? { ...settings, gan: Object.assign({ ...settings.gan }, ...made) } : settings;
}

/** What came after the moment of step `from` and up to that of step `to`, of all that was told of a run. */
export function cameBetween(
  from: number,
  to: number,
  told: {
    readonly diverged: readonly Pick<Divergence, 'step' | 'term' | 'restored'>[];
    readonly changes: readonly LiveChange[];
  },
): Pick<Evidence, 'diverged' | 'changes'> {
  return {
    diverged: told.diverged.findLast(({ step }) => step > from && step <= to) ?? null,
    // What is asked for at a moment is carried out after its samples were made.
    changes: told.changes.filter(({ after }) => after >= from && after < to),
  };
}

/** Keeps what of a run's events is known of its moments. */
export class EvidenceLog {
  private readonly losses: LossColumns = {};
  private readonly networks = new Map<number, NetworkEvidence>();
  private readonly divergences: Divergence[] = [];
  readonly changes: LiveChange[] = [];
  /** GAN steps planned, as was told last. */
  planned = 0;

  note(event: RunEvent): void {
    if (event.type === 'losses') appendLosses(this.losses, event);
    else if (event.type === 'networks') this.networks.set(event.evidence.step, event.evidence);
    else if (event.type === 'diverged') this.divergences.push(event);
    else if (event.type === 'changed') this.changes.push(event.change);
    else if (event.type === 'phase' && event.phase === 'gan') this.planned = event.steps;
    else if (event.type === 'step' && event.phase === 'gan') this.planned = event.steps;
  }

  /**
   * Everything known of each moment: complete once the phase of the GAN has ended, since losses are told late.
   * @param samples figures of the samples of each moment, steps ascending.
   */
  evidence(samples: readonly SampleEvidence[]): Evidence[] {
    return samples.map((sample, i) => {
      const { step } = sample;
      const from = samples[i - 1]?.step ?? 0;
      return {
        ...sample,
        networks: this.networks.get(step) ?? null,
        losses: meanLosses(this.losses.gan, from, step),
        ...cameBetween(from, step, { diverged: this.divergences, changes: this.changes }),
      };
    });
  }
}
