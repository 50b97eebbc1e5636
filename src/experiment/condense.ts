/** What of a run's events a recording keeps: all that is shown of it, at a resolution that is seen. */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import type { LossTerm, Phase, RunEvent, SyntheticSets } from './events.ts';
import { thin } from './thin.ts';

/** Points of a loss curve at most: more than a chart has pixels for. */
const LOSS_POINTS = 400;
/** Digits of a number. */
const DIGITS = 5;

const rounded = (value: number) => Number(value.toPrecision(DIGITS));

/** Steps of each phase whose losses were told. */
function countSteps(events: readonly RunEvent[]): Map<Phase, number> {
  const counts = new Map<Phase, number>();
  for (const event of events) {
    if (event.type === 'losses') {
      counts.set(event.phase, (counts.get(event.phase) ?? 0) + event.steps.length);
    }
  }
  return counts;
}

/** Chooses the steps whose losses stay: every so many-th of each phase, the first and the last among them. */
function lossPicker(events: readonly RunEvent[]) {
  const counts = countSteps(events);
  const seen = new Map<Phase, number>();
  return (event: Extract<RunEvent, { type: 'losses' }>): RunEvent | null => {
    const { phase, terms } = event;
    const all = counts.get(phase) ?? 0;
    const before = seen.get(phase) ?? 0;
    seen.set(phase, before + event.steps.length);
    const stride = Math.ceil((all - 1) / (LOSS_POINTS - 1)) || 1;
    const kept = [...event.steps.keys()].filter((i) => (before + i) % stride === 0 || before + i === all - 1);
    if (kept.length === 0) return null;
    const values = kept.flatMap((i) => [...event.values.subarray(i * terms.length, (i + 1) * terms.length)]);
    return { ...event, steps: kept.map((i) => event.steps[i]), values: Float32Array.from(values, rounded) };
  };
}

const sameTerms = (a: readonly LossTerm[], b: readonly LossTerm[]) => a.join() === b.join();

/** Losses that follow each other as one event. */
function joined(events: readonly RunEvent[]): RunEvent[] {
  const all: RunEvent[] = [];
  for (const event of events) {
    const last = all.at(-1);
    if (
      event.type === 'losses' &&
      last?.type === 'losses' &&
      last.phase === event.phase &&
      sameTerms(last.terms, event.terms)
    ) {
      const values = Float32Array.from([...last.values, ...event.values]);
      all[all.length - 1] = { ...last, steps: [...last.steps, ...event.steps], values };
    } else {
      all.push(event);
    }
  }
  return all;
}

/** The last step of each phase, by which progress is told. */
function lastSteps(events: readonly RunEvent[]): Set<RunEvent> {
  const last = new Map<Phase, RunEvent>();
  for (const event of events) if (event.type === 'step') last.set(event.phase, event);
  return new Set(last.values());
}

/**
 * The events that a recording keeps.
 * @param probes rows of a corpus of which samples are kept; of type C three times as many.
 */
export function condense(events: readonly RunEvent[], probes: number): RunEvent[] {
  const pick = lossPicker(events);
  const last = lastSteps(events);
  const few = ({ A, B, C }: SyntheticSets): SyntheticSets => ({
    A: thin(A, probes),
    B: thin(B, probes),
    C: thin(C, CLASS_COUNT * probes),
  });
  const kept = events.flatMap((event): RunEvent[] => {
    switch (event.type) {
      case 'step':
        return last.has(event) ? [event] : [];
      case 'losses': {
        const losses = pick(event);
        return losses ? [losses] : [];
      }
      case 'snapshot':
      case 'synthetic':
        return [{ ...event, sets: few(event.sets) }];
      default:
        return [event];
    }
  });
  return joined(kept);
}
