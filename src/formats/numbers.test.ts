import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellNumber, isMissing, wideNumber } from './numbers.ts';
import { readIntake } from './readIntake.ts';
import { fileOf, readText } from './testing.ts';

/** The ways in which programs write a number. */
const written = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toExponential(6)),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((x) => x.toFixed(6)),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((x) => x.toPrecision(17)),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 32n), max: 10n ** 32n }).map(String),
  fc
    .tuple(fc.integer({ min: -999999999, max: 999999999 }), fc.integer({ min: -60, max: 60 }))
    .map(([m, e]) => `${m}e${e}`),
  fc.tuple(fc.nat(), fc.nat(999)).map(([a, b]) => `0.000${a}E-${b}`),
  fc.nat().map((n) => `+${n}.`),
  fc.nat().map((n) => `-.${n}`),
  fc.nat().map((n) => ` 00${n} `),
  // Zeros in front, about as many figures as fit in 32 bits, and multiples of 2^32, whose low bits are zero.
  fc
    .tuple(fc.nat(12), fc.nat(), fc.boolean())
    .map(([n, m, minus]) => `${minus ? '-' : ''}0.${'0'.repeat(n)}${m}`),
  fc.tuple(fc.nat(12), fc.nat(), fc.nat()).map(([n, a, b]) => `${'0'.repeat(n)}${a}.${b}`),
  fc.tuple(fc.nat(99), fc.nat(99)).map(([n, f]) => `-${n * 2 ** 32}.${f}e-0${f}`),
  // Halfway between two float32, and a last digit beyond it: rounding twice goes wrong here.
  fc.integer({ min: 2 ** 24, max: 2 ** 25 }).map((n) => `${2 * n + 1}.00000000000001`),
);

const asFloat32 = (text: string) => {
  const value = Math.fround(Number(text));
  return Number.isFinite(value) ? value : Number.NaN;
};

describe('numbers', () => {
  it('are Number() rounded to float32, however they are written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 7, max: 99 }),
        async (drawn, size) => {
          const texts = drawn.filter((t) => !Number.isNaN(asFloat32(t)));
          fc.pre(texts.length > 0);
          // A second column of plain values keeps every row.
          const file = `x,y\n${texts.map((t) => `${t},1\n`).join('')}`;
          const finite = texts.map(asFloat32);
          const { corpus } = await readText(file, 'x.csv', size);
          for (const [r, value] of finite.entries()) {
            if (!Object.is(corpus.values[2 * r], value))
              throw new Error(`${texts[r]} read as ${corpus.values[2 * r]}`);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are the same in any column, between and beside columns of text', async () => {
    const kinds = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }).filter((k) => k.includes(true));
    const table = kinds.chain((numeric) =>
      fc.record({
        numeric: fc.constant(numeric),
        rows: fc.array(fc.tuple(...numeric.map(() => written)), { minLength: 1, maxLength: 5 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ numeric, rows }) => {
        const names = numeric.map((is, c) => (is ? `x${c}` : `word${c}`));
        const lines = rows.map((cells) => cells.map((cell, c) => (numeric[c] ? cell : `w ${cell}`)));
        const { intake } = await readIntake(
          [fileOf(`${[['file', ...names], ...lines.map((l) => ['u', ...l])].join('\n')}`)],
          {
            rules: { ragged: 'refuse', words: 'refuse' },
          },
        );
        const expected = rows.flatMap((cells) => cells.filter((_, c) => numeric[c]).map(asFloat32));
        expect([...(intake?.values ?? [])]).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('with many digits either agree with Number() or go to the slow path', () => {
    const bytes = (t: string) => new TextEncoder().encode(t);
    let decided = 0;
    fc.assert(
      fc.property(written, (text) => {
        const value = wideNumber(bytes(text), 0, text.length, 46);
        if (Number.isNaN(value)) return;
        decided++;
        expect(value).toBe(Math.fround(Number(text)));
      }),
      { numRuns: 2000 },
    );
    expect(decided).toBeGreaterThan(1000);
  });

  it('too large for float32 count as missing', () => {
    expect(cellNumber('1e39', '.')).toBeNaN();
    expect(cellNumber('-3.4028236e38', '.')).toBeNaN();
    expect(cellNumber('3.4028234e38', '.')).toBe(Math.fround(3.4028234e38));
  });

  it.each(['', '?', 'NaN', 'nan', '-nan', '-nan(ind)', 'inf', '-Infinity', '1.#QNAN', 'NA', 'N/A', 'null'])(
    '%j is a missing one',
    (text) => {
      expect(isMissing(text)).toBe(true);
      expect(cellNumber(text, '.')).toBeNaN();
    },
  );

  it.each(['abc', '1.2.3', '0x10', '1,5', '1e', 'e5', '--1', '1 2', '12a'])('%j is none', (text) => {
    expect(cellNumber(text, '.')).toBeNull();
  });

  it('take the decimal sign of the file, and no other', () => {
    expect(cellNumber('1,5', ',')).toBe(1.5);
    expect(cellNumber('1.5', ',')).toBeNull();
    expect(cellNumber('1.234,5', ',')).toBeNull();
  });
});
