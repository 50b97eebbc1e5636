/**
 * What a run tells that diagnosis asks for, kept while it goes, and put together with the figures of its samples when it
 * has ended. Knows nothing of how samples are measured.
 */
import type { Evidence, SampleEvidence } from '../diagnosis/evidence.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';
import type { LiveChange, Settings } from './config.ts';
import type { RunEvent } from './events.ts';

type Losses = Extract<RunEvent, { type: 'losses' }>;
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

/** Keeps what of a run's events is known of its moments. */
export class EvidenceLog {
  private readonly losses: Losses[] = [];
  private readonly networks = new Map<number, NetworkEvidence>();
  private readonly divergences: Divergence[] = [];
  readonly changes: LiveChange[] = [];
  /** GAN steps planned, as was told last. */
  planned = 0;

  note(event: RunEvent): void {
    if (event.type === 'losses' && event.phase === 'gan') this.losses.push(event);
    else if (event.type === 'networks') this.networks.set(event.evidence.step, event.evidence);
    else if (event.type === 'diverged') this.divergences.push(event);
    else if (event.type === 'changed') this.changes.push(event.change);
    else if (event.type === 'phase' && event.phase === 'gan') this.planned = event.steps;
    else if (event.type === 'step' && event.phase === 'gan') this.planned = event.steps;
  }

  /** Mean of every term over the steps in (from, to]; terms without such a step are absent. */
  private meanLosses(from: number, to: number): Evidence['losses'] {
    const sums = new Map<string, { sum: number; count: number }>();
    for (const { terms, steps, values } of this.losses) {
      for (const [i, step] of steps.entries()) {
        if (step <= from || step > to) continue;
        for (const [t, term] of terms.entries()) {
          const { sum, count } = sums.get(term) ?? { sum: 0, count: 0 };
          sums.set(term, { sum: sum + values[i * terms.length + t], count: count + 1 });
        }
      }
    }
    return Object.fromEntries([...sums].map(([term, { sum, count }]) => [term, sum / count]));
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
        losses: this.meanLosses(from, step),
        diverged: this.divergences.findLast(({ step: at }) => at > from && at <= step) ?? null,
        // What is asked for at a moment is carried out after its samples were made.
        changes: this.changes.filter(({ after }) => after >= from && after < step),
      };
    });
  }
}
