/**
 * The events of a recorded run as JSON: their schema, and the way there and back. Samples are not among them; an event
 * that has some says only that the next moment's are its own.
 */
import * as v from 'valibot';
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { LiveChangeSchema } from '../methods/live.ts';
import type { RunConfig } from './config.ts';
import {
  LOSS_TERMS,
  PHASES,
  type ResultRow,
  type RunEvent,
  SAMPLE_SETS,
  type Score,
  type SyntheticSets,
} from './events.ts';

/** Entries of a list at most: far above what a run has that fits into a file. */
const MOST = 20_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
const text = v.pipe(v.string(), v.maxLength(10_000));
/** JSON has no word for what is not finite. */
const figure = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const list = <S extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(entry: S, most = MOST) =>
  v.pipe(v.array(entry), v.maxLength(most));
const phase = v.picklist(PHASES);
const classIndex = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(CLASS_COUNT - 1));

const discriminator = v.strictObject({ seen: figure, heldOut: v.nullable(v.number()) });
const heardShares = v.pipe(v.array(v.nullable(share)), v.length(CLASS_COUNT));
const heard = v.strictObject({ F: heardShares, judge: heardShares });
const NetworksSchema = v.strictObject({
  step: count,
  gradients: v.record(v.pipe(v.string(), v.maxLength(100)), figure),
  discriminators: v.strictObject({ S: discriminator, T: discriminator }),
  cycle: v.strictObject({ clean: figure, noisy: figure, noise: figure }),
  heard: v.nullable(v.strictObject({ A: heard, C: heard })),
  ms: figure,
});

/** Rows of a run that makes samples; a recorded run is one. */
const SCORED = [...SAMPLE_SETS, 'O'] as const satisfies readonly ResultRow[];
const confusion = v.pipe(v.array(v.pipe(v.array(count), v.length(CLASS_COUNT))), v.length(CLASS_COUNT));
const ScoreSchema = v.strictObject({
  set: v.picklist(SCORED),
  repeat: count,
  uar: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  confusion: v.nullable(confusion),
  shares: v.pipe(v.array(share), v.length(CLASS_COUNT)),
});

const EVENTS = [
  v.strictObject({ type: v.literal('phase'), phase, steps: count }),
  v.strictObject({
    type: v.literal('step'),
    phase,
    step: count,
    steps: count,
    epoch: count,
    epochs: count,
  }),
  v.pipe(
    v.strictObject({
      type: v.literal('losses'),
      phase,
      terms: v.pipe(list(v.picklist(LOSS_TERMS), 100), v.minLength(1)),
      steps: list(count),
      values: list(figure, 100 * MOST),
    }),
    v.check(({ terms, steps, values }) => values.length === terms.length * steps.length, 'a value a term'),
  ),
  v.strictObject({ type: v.literal('criterion'), step: count, value: figure, best: v.boolean() }),
  v.strictObject({ type: v.literal('note'), phase, message: text }),
  v.strictObject({ type: v.literal('networks'), evidence: NetworksSchema }),
  v.strictObject({ type: v.literal('changed'), change: LiveChangeSchema }),
  v.strictObject({
    type: v.literal('diverged'),
    step: count,
    term: text,
    value: figure,
    restored: count,
  }),
  v.strictObject({ type: v.literal('rows'), source: list(count), target: list(count) }),
  v.strictObject({ type: v.literal('snapshot'), step: count }),
  v.strictObject({ type: v.literal('synthetic'), keptStep: count }),
  v.strictObject({
    type: v.literal('score'),
    score: ScoreSchema,
    prediction: v.optional(list(classIndex)),
  }),
  v.strictObject({ type: v.literal('result'), backend: text, steps: count, msPerStep: figure }),
] as const;

/** An event as it stands in the file. */
const RecordedEventSchema = v.union(EVENTS);
type RecordedEvent = v.InferOutput<typeof RecordedEventSchema>;
export const RecordedEventsSchema = list(RecordedEventSchema);

/** An event as JSON; typed arrays become lists, samples stand elsewhere. */
export function asRecorded(event: RunEvent): unknown {
  switch (event.type) {
    case 'losses':
      return { ...event, values: Array.from(event.values) };
    case 'rows':
      return { ...event, source: Array.from(event.source), target: Array.from(event.target) };
    case 'snapshot':
    case 'synthetic': {
      const { sets: _, ...told } = event;
      return told;
    }
    case 'score':
      return { ...event, prediction: event.prediction && Array.from(event.prediction) };
    case 'result': {
      // Configuration and scores are told elsewhere.
      const { backend, steps, msPerStep } = event.result;
      return { type: 'result', backend, steps, msPerStep };
    }
    default:
      return event;
  }
}

/**
 * The events of a run as they were told.
 * @param moments the samples of the events that have some, in their order; as many as there are such events.
 */
export function asTold(
  recorded: readonly RecordedEvent[],
  moments: readonly SyntheticSets[],
  config: RunConfig,
): RunEvent[] {
  const scores: Score[] = [];
  let moment = 0;
  return recorded.map((event): RunEvent => {
    switch (event.type) {
      case 'losses':
        return { ...event, values: Float32Array.from(event.values) };
      case 'rows':
        return { ...event, source: Int32Array.from(event.source), target: Int32Array.from(event.target) };
      case 'snapshot':
      case 'synthetic':
        return { ...event, sets: moments[moment++] };
      case 'score': {
        const { prediction, ...told } = event;
        scores.push(event.score);
        return prediction ? { ...told, prediction: Int8Array.from(prediction) } : told;
      }
      case 'result': {
        const { type, ...result } = event;
        return { type, result: { config, ...result, scores: [...scores] } };
      }
      default:
        return event;
    }
  });
}
