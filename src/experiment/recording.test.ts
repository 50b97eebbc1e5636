import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condense } from './condense.ts';
import { GAN_TERMS, type RunEvent, type Synthetic, type SyntheticSets } from './events.ts';
import { decodeRecording, encodeRecording, type Recording } from './recording.ts';
import { seal, unseal } from './sealed.ts';
import { tinyConfig } from './tiny.testing.ts';

const COLUMNS = 4;
const DEMO = { seed: 1, sourceRows: 60, targetRows: 50, features: COLUMNS };
const SEAL = { letters: 'CEGR', version: 1, what: 'recorded run', limit: 32 * 2 ** 20 };

/** Samples of `rows` rows whose numbers come from `draw`. */
function samples(rows: number, draw: () => number): Synthetic {
  return {
    rows,
    columns: COLUMNS,
    values: Float32Array.from({ length: rows * COLUMNS }, draw),
    classes: Int8Array.from({ length: rows }, (_, i) => i % 3),
    origin: Int32Array.from({ length: rows }, (_, i) => (7 * i) % 50),
  };
}

const setsOf = (rows: number, draw: () => number): SyntheticSets => ({
  A: samples(rows, draw),
  B: samples(rows, draw),
  C: samples(3 * rows, draw),
});

/** One event of every kind; `draw` gives the samples' numbers. */
function recordingOf(draw: () => number, moments = 2): Recording {
  const config = {
    ...tinyConfig(),
    changes: [{ after: 3, request: { kind: 'set' as const, set: { lambdaCycle: 2 } } }],
  };
  const score = { set: 'B', repeat: 0, uar: 50, confusion: null, shares: [0.5, 0.25, 0.25] } as const;
  const heard = { F: [1, null, 0.5], judge: [0.5, null, 0.5] };
  const events: RunEvent[] = [
    { type: 'phase', phase: 'gan', steps: 6 },
    { type: 'rows', source: Int32Array.of(0, 1, 5), target: Int32Array.of(0, 49) },
    { type: 'note', phase: 'gan', message: 'a note' },
    {
      type: 'losses',
      phase: 'gan',
      terms: ['cycle', 'identity'],
      steps: [1, 2],
      values: Float32Array.of(1, 0.5, 0.25, Number.NaN),
    },
    { type: 'step', phase: 'gan', step: 6, steps: 6, epoch: 2, epochs: 2 },
    { type: 'criterion', step: 3, value: 1.5, best: true },
    {
      type: 'networks',
      evidence: {
        step: 3,
        gradients: { cycle: 0.25 },
        discriminators: { S: { seen: 0.75, heldOut: null }, T: { seen: 1, heldOut: 0.5 } },
        cycle: { clean: 0.125, noisy: 0.5, noise: 0.25 },
        heard: { A: heard, C: heard },
        ms: 4,
      },
    },
    ...Array.from(
      { length: moments },
      (_, i) => ({ type: 'snapshot', step: i, sets: setsOf(5, draw) }) as const,
    ),
    { type: 'changed', change: config.changes[0] },
    { type: 'diverged', step: 5, term: 'cycle', value: Number.NaN, restored: 3 },
    { type: 'synthetic', keptStep: 6, sets: setsOf(4, draw) },
    { type: 'score', score, prediction: Int8Array.of(0, 2) },
    { type: 'score', score: { ...score, set: 'source-only' } },
    {
      type: 'result',
      result: {
        config,
        backend: 'wasm',
        steps: 6,
        msPerStep: 12.5,
        scores: [score, { ...score, set: 'source-only' }],
      },
    },
  ];
  return { config, demo: DEMO, backend: 'wasm', elapsedMs: 1234, events };
}

/** Events with the samples' numbers taken out, which are not kept exactly. */
const withoutValues = (events: readonly RunEvent[]) =>
  events.map((event) => {
    if (event.type !== 'snapshot' && event.type !== 'synthetic') return event;
    const { A, B, C } = event.sets;
    return { ...event, sets: [A, B, C].map(({ values: _, ...told }) => told) };
  });
const valuesOf = (events: readonly RunEvent[], type: 'A' | 'B' | 'C') =>
  events.flatMap((event) =>
    event.type === 'snapshot' || event.type === 'synthetic' ? [event.sets[type].values] : [],
  );

describe('a recording', () => {
  it('gives everything back, samples within half a level of their column’s range', () => {
    const numbers = fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 4 }), (values, moments) => {
        let i = 0;
        const draw = () => {
          i = (i * 31 + 7) % 65_521;
          return values[i % values.length];
        };
        const recording = recordingOf(draw, moments);
        const read = decodeRecording(encodeRecording(recording));
        expect({ ...read, events: withoutValues(read.events) }).toEqual({
          ...recording,
          events: withoutValues(recording.events),
        });
        for (const type of ['A', 'B', 'C'] as const) {
          const [was, is] = [valuesOf(recording.events, type), valuesOf(read.events, type)];
          for (let column = 0; column < COLUMNS; column++) {
            const of = (sets: readonly Float32Array[]) =>
              sets.flatMap((set) => [...set].filter((_, at) => at % COLUMNS === column));
            const [before, after] = [of(was), of(is)];
            const range = Math.max(...before) - Math.min(...before);
            const error = Math.max(...before.map((value, at) => Math.abs(value - after[at])));
            expect(error).toBeLessThanOrEqual(range / 510 + 1e-3);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is read, or refused with a sentence, whatever is done to its bytes', () => {
    const file = encodeRecording(recordingOf(Math.random));
    const content = unseal(file, SEAL);
    const damage = fc.array(fc.tuple(fc.nat(content.length), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    const refusedOrRead = (bytes: Uint8Array) => {
      try {
        decodeRecording(bytes);
      } catch (error) {
        expect((error as Error).message).toMatch(/^This (is no )?recorded run|^This recorded run/);
      }
    };
    fc.assert(
      fc.property(damage, fc.nat(file.length), (hits, cut) => {
        const damaged = file.slice();
        for (const [at, byte] of hits) damaged[at % file.length] = byte;
        refusedOrRead(damaged);
        refusedOrRead(file.subarray(0, cut));
        // What somebody made on purpose has the right checksum.
        const forged = content.slice();
        for (const [at, byte] of hits) forged[at % content.length] = byte;
        refusedOrRead(seal(forged, SEAL));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['another kind of file', (file: Uint8Array) => file.fill(65, 0, 4), /is no recorded run/],
    ['a newer version', (file: Uint8Array) => file.fill(2, 4, 5), /is of version 2.*load the page anew/],
    ['a damaged one', (file: Uint8Array) => file.fill(0, 40, 41), /damaged/],
  ])('refuses %s', (_, spoil, message) => {
    const file = encodeRecording(recordingOf(Math.random));
    spoil(file);
    expect(() => decodeRecording(file)).toThrow(message);
  });

  it('refuses one that announces more, or less, than it holds', () => {
    const content = unseal(encodeRecording(recordingOf(Math.random)), SEAL);
    const shorter = seal(content.subarray(0, content.length - 1), SEAL);
    expect(() => decodeRecording(shorter)).toThrow(/its samples take \d+ bytes, not \d+/);
    expect(() => decodeRecording(seal(content, { ...SEAL, limit: 0 }))).not.toThrow();
    expect(() => unseal(seal(content, SEAL), { ...SEAL, limit: 10 })).toThrow(/at most 10/);
  });

  it('refuses samples that are no numbers', () => {
    const content = unseal(encodeRecording(recordingOf(Math.random)), SEAL);
    const head = 4 + new DataView(content.buffer).getUint32(0, true);
    // The samples begin with the ranges of the columns of type A.
    for (const limit of [Number.NaN, Number.POSITIVE_INFINITY]) {
      new DataView(content.buffer).setFloat32(head, limit, true);
      expect(() => decodeRecording(seal(content, SEAL))).toThrow(/type A.*not finite/);
    }
  });

  it('refuses samples of rows that the corpora have not', () => {
    const recording = recordingOf(Math.random);
    const far = recording.events.map((event) => {
      if (event.type !== 'snapshot') return event;
      const origin = event.sets.C.origin.map(() => 50);
      return { ...event, sets: { ...event.sets, C: { ...event.sets.C, origin } } };
    });
    expect(() => decodeRecording(encodeRecording({ ...recording, events: far }))).toThrow(
      /type C was made of a row that its corpus has not/,
    );
  });
});

describe('what is kept of a run', () => {
  const losses = (from: number, count: number): RunEvent => ({
    type: 'losses',
    phase: 'gan',
    terms: GAN_TERMS,
    steps: Array.from({ length: count }, (_, i) => from + i),
    values: Float32Array.from({ length: count * GAN_TERMS.length }, (_, i) => 0.123456789 + i),
  });

  it('is every kind of event, few losses, the last step of a phase, and few of the final samples', () => {
    const steps = Array.from({ length: 300 }, (_, i): RunEvent[] => [
      losses(1 + 4 * i, 4),
      { type: 'step', phase: 'gan', step: 4 * i + 4, steps: 1200, epoch: 1, epochs: 1 },
    ]).flat();
    const sets = setsOf(40, Math.random);
    const kept = condense([...steps, { type: 'synthetic', keptStep: 1, sets }], 10);
    expect(kept.map(({ type }) => type)).toEqual(['losses', 'step', 'synthetic']);
    const [told, step, made] = kept;
    if (told.type !== 'losses' || made.type !== 'synthetic') throw new Error('the order of events changed');
    expect(told.steps.length).toBeLessThanOrEqual(401);
    expect(told.steps.length).toBeGreaterThan(200);
    expect([told.steps[0], told.steps.at(-1)]).toEqual([1, 1200]);
    expect(told.values).toHaveLength(told.steps.length * GAN_TERMS.length);
    expect(told.values[0]).toBeCloseTo(0.12346, 7);
    expect(step).toMatchObject({ step: 1200 });
    expect([made.sets.A.rows, made.sets.C.rows]).toEqual([10, 30]);
  });

  it('is all of the losses where they are few', () => {
    const [told] = condense([losses(1, 3), losses(4, 2)], 10);
    expect(told.type === 'losses' && told.steps).toEqual([1, 2, 3, 4, 5]);
  });
});
