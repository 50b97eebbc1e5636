/**
 * A run as one small file that opens at once: its configuration, which demo corpora it was of, and its events, with
 * fewer losses and the samples rounded. What is read gives the events of the run again, so that whatever shows a run
 * shows a recording. Knows no file system and no page.
 *
 * Inside the envelope (`sealed.ts`): the length of the head (32 bits, little-endian), the head as JSON, the samples
 * (`quantised.ts`).
 */
import * as v from 'valibot';
import type { DemoOptions } from '../corpus/demo.ts';
import { RunConfigSchema } from './config.ts';
import { type RunEvent, SYNTHETIC_TYPES, type SyntheticSets } from './events.ts';
import { quantise, quantisedBytes, restore } from './quantised.ts';
import { asRecorded, asTold, RecordedEventsSchema } from './recordedEvents.ts';
import { type Seal, seal, unseal } from './sealed.ts';

const SEAL: Seal = { letters: 'CEGR', version: 1, what: 'recorded run', limit: 32 * 2 ** 20 };
const HEAD_AT = 4;

const size = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const rows = size(0, 20_000);

const HeadSchema = v.strictObject({
  config: RunConfigSchema,
  /** Which demo corpora; all of the options that there are. */
  demo: v.strictObject({
    seed: size(0, 2 ** 31 - 1),
    sourceRows: size(30, 20_000),
    targetRows: size(30, 20_000),
    features: size(2, 2_000),
  }),
  backend: v.pipe(v.string(), v.maxLength(100)),
  /** Milliseconds of computing. */
  elapsedMs: v.pipe(v.number(), v.minValue(0)),
  /** Rows of each type of samples in each event that has some, in their order. */
  moments: v.pipe(v.array(v.strictObject({ A: rows, B: rows, C: rows })), v.maxLength(2_000)),
  events: RecordedEventsSchema,
});
type Head = v.InferOutput<typeof HeadSchema>;

/** A recorded run of a method that makes samples. */
export interface Recording extends Pick<Head, 'config' | 'backend' | 'elapsedMs'> {
  readonly demo: Required<DemoOptions>;
  readonly events: readonly RunEvent[];
}

const setsOf = (event: RunEvent): SyntheticSets[] =>
  event.type === 'snapshot' || event.type === 'synthetic' ? [event.sets] : [];

/** The file of a recorded run; the same recording gives the same bytes. */
export function encodeRecording({ config, demo, backend, elapsedMs, events }: Recording): Uint8Array {
  const moments = events.flatMap(setsOf);
  const head = {
    config,
    demo,
    backend,
    elapsedMs,
    moments: moments.map(({ A, B, C }) => ({ A: A.rows, B: B.rows, C: C.rows })),
    events: events.map(asRecorded),
  };
  const written = new TextEncoder().encode(JSON.stringify(head));
  const samples = quantise(moments, demo.features);
  const content = new Uint8Array(HEAD_AT + written.length + samples.length);
  new DataView(content.buffer).setUint32(0, written.length, true);
  content.set(written, HEAD_AT);
  content.set(samples, HEAD_AT + written.length);
  return seal(content, SEAL);
}

const wrong = (message: string) => new Error(`This recorded run cannot be shown: ${message}.`);

/** The head of a file's content, checked. */
function readHead(content: Uint8Array): { head: Head; samples: Uint8Array } {
  if (content.length < HEAD_AT) throw wrong('it is empty');
  const length = new DataView(content.buffer, content.byteOffset).getUint32(0, true);
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder().decode(content.subarray(HEAD_AT, HEAD_AT + length)));
  } catch {
    throw wrong('its head is no JSON');
  }
  const checked = v.safeParse(HeadSchema, written);
  if (!checked.success) {
    const [issue] = checked.issues;
    throw wrong(`${v.getDotPath(issue) ?? 'its head'}: ${issue.message}`);
  }
  return { head: checked.output, samples: content.subarray(HEAD_AT + length) };
}

/** @throws where a sample is of no class, of a row that its corpus has not, or no number. */
function checkSamples(sets: SyntheticSets, { sourceRows, targetRows }: Head['demo']): void {
  for (const type of SYNTHETIC_TYPES) {
    const { classes, origin, values } = sets[type];
    const rows = type === 'C' ? targetRows : sourceRows;
    if (!values.every(Number.isFinite)) throw wrong(`values of type ${type} are not finite`);
    if (classes.some((k) => k < 0 || k > 2)) throw wrong(`a sample of type ${type} is of no class`);
    if (origin.some((row) => row < 0 || row >= rows)) {
      throw wrong(`a sample of type ${type} was made of a row that its corpus has not`);
    }
  }
}

/** @throws where rows of the corpora, or predictions of them, are not what the corpora have. */
function checkRows(events: Head['events'], { sourceRows, targetRows }: Head['demo']): void {
  for (const event of events) {
    if (event.type === 'rows') {
      const beyond = (rows: readonly number[], end: number) => rows.some((row) => row >= end);
      if (beyond(event.source, sourceRows) || beyond(event.target, targetRows)) {
        throw wrong('it trains on rows that its corpora have not');
      }
    }
    if (event.type === 'score' && (event.prediction?.length ?? 0) > targetRows) {
      throw wrong('it predicts more rows than its target has');
    }
  }
}

/**
 * Reads a recorded run.
 * @throws one sentence that says what is wrong with the file: of another kind or version, damaged, or contradicting
 * itself.
 */
export function decodeRecording(file: Uint8Array): Recording {
  const { head, samples } = readHead(unseal(file, SEAL));
  const { config, demo, backend, elapsedMs, moments, events } = head;
  const withSamples = events.filter(({ type }) => type === 'snapshot' || type === 'synthetic').length;
  if (withSamples !== moments.length)
    throw wrong(`it has ${moments.length} moments for ${withSamples} events`);
  const expected = quantisedBytes(moments, demo.features);
  if (samples.length !== expected) {
    throw wrong(`its samples take ${samples.length} bytes, not ${expected}`);
  }
  const sets = restore(samples, moments, demo.features);
  for (const moment of sets) checkSamples(moment, demo);
  checkRows(events, demo);
  return { config, demo, backend, elapsedMs, events: asTold(events, sets, config) };
}
