/**
 * The unit of a comparison: one method trained from one seed, and what is kept of it. Plain JSON, so that it crosses
 * worker boundaries and lies in a file. Knows nothing of how it was computed.
 */
import * as v from 'valibot';
import { CLASS_COUNT } from '../../corpus/corpus.ts';
import { METHOD_NAMES } from '../../methods/names.ts';
import { BACKENDS, RunConfigSchema } from '../config.ts';
import { type ResultRow, SAMPLE_SETS, WITHIN_ROWS } from '../events.ts';

/** Rows that a unit's result may hold. */
const ROWS = [...SAMPLE_SETS, 'O', ...WITHIN_ROWS] as const satisfies readonly ResultRow[];

/** Where a row has no speakers, or knows them for some utterances only, the others stand under this name. */
export const UNKNOWN_SPEAKER = 'unknown';

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const confusion = v.pipe(v.array(v.pipe(v.array(count), v.length(CLASS_COUNT))), v.length(CLASS_COUNT));

const UnitRowSchema = v.pipe(
  v.strictObject({
    row: v.picklist(ROWS),
    /** UAR in percent, one a recogniser; they differ in its initial weights and batches only. */
    uar: v.pipe(v.array(percent), v.minLength(1)),
    /** Their mean: the unit's figure. */
    mean: percent,
    speakers: v.array(v.string()),
    /** `[speakers, truth, prediction]`: row counts, summed over the recognisers. */
    confusion: v.array(confusion),
  }),
  v.check(({ speakers, confusion }) => speakers.length === confusion.length, 'one confusion a speaker'),
);
/** One row of the results table as one unit filled it. */
export type UnitRow = v.InferOutput<typeof UnitRowSchema>;

export const UnitKeySchema = v.object({
  method: v.picklist(METHOD_NAMES),
  seed: RunConfigSchema.entries.seed,
});
/** Which unit: one whole training of a method. */
export type UnitKey = v.InferOutput<typeof UnitKeySchema>;

export const UnitResultSchema = v.strictObject({
  ...UnitKeySchema.entries,
  backend: v.picklist(BACKENDS),
  /** Of computing; pauses do not count. */
  seconds: v.pipe(v.number(), v.minValue(0)),
  /** None where training diverged. */
  rows: v.array(UnitRowSchema),
  /** Why there are no figures: a loss was no longer finite. Null where there are. */
  diverged: v.nullable(v.string()),
  /** What its training had to say, preparing apart, which is the same for all; units of earlier versions kept none. */
  notes: v.optional(v.array(v.string()), []),
});
/** What is kept of a finished unit. */
export type UnitResult = v.InferOutput<typeof UnitResultSchema>;

/** Whether two keys, or results, are of the same unit. */
export const sameUnit = (a: UnitKey, b: UnitKey): boolean => a.method === b.method && a.seed === b.seed;

/** The unit in a word, as in file names. */
export const unitName = ({ method, seed }: UnitKey): string => `${method}-${seed}`;
