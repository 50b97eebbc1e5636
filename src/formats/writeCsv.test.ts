import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIndices } from '../corpus/corpus.ts';
import { readText } from './testing.ts';
import { syntheticCsv } from './writeCsv.ts';

describe('syntheticCsv', () => {
  it('reads back equal, to the last bit of every float32', async () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(float, float), { minLength: 1, maxLength: 200 }), async (pairs) => {
        const values = Float32Array.from(pairs.flat());
        const rows = pairs.length;
        const utterances = ['a, "b".wav', "'c'.wav", 'd\ne.wav'];
        const origin = Int32Array.from({ length: rows }, (_, r) => r % 3);
        const classes = Int8Array.from(origin);
        const text = [
          ...syntheticCsv(
            ['x', 'y, z'],
            { rows, columns: 2, values },
            { task: 'valence', classes, origin, utterances },
          ),
        ].join('');
        const { corpus } = await readText(text);
        expect(corpus.features).toEqual(['x', 'y, z']);
        expect(Buffer.from(corpus.values.buffer)).toEqual(Buffer.from(values.buffer));
        const { valence } = corpus.labels;
        if (rows > 1) expect(corpus.utterances).toEqual([...origin].map((o) => utterances[o]));
        if (rows > 1) expect(valence && [...classIndices(valence)]).toEqual([...classes]);
      }),
      { numRuns: 100 },
    );
  });

  it('has a line a row, beginning with what it was made from', () => {
    const matrix = { rows: 2, columns: 1, values: Float32Array.of(1, 0.1) };
    const rows = { classes: Int8Array.of(2, -1), origin: Int32Array.of(1, 0), utterances: ['a', 'b'] };
    expect([...syntheticCsv(['x'], matrix, { task: 'activation', ...rows })].join('')).toBe(
      'name,origin_row,activation,x\nb,2,high,1\na,1,,0.100000001\n',
    );
  });
});
