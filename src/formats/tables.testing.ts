/**
 * Arbitrary tables for the tests of the readers: numbers in many spellings, names of all kinds, speakers and classes.
 * A table is its own oracle: it says what each cell must read as. Knows no dialect.
 */
import fc from 'fast-check';
import { columnRoles, labelLike } from './columns.ts';
import { isMissing } from './numbers.ts';
import { restoredName } from './restoredNames.ts';

/** A number as it is written, with a decimal point, and what it must read as: a float32, or NaN for a missing one. */
export interface NumberCell {
  readonly text: string;
  readonly value: number;
}

export interface TableRow {
  readonly name: string;
  readonly speaker: string;
  /** A word for a class of activation, or empty. */
  readonly label: string;
  readonly numbers: readonly NumberCell[];
}

export interface PlainTable {
  readonly features: readonly string[];
  readonly hasSpeakers: boolean;
  readonly hasLabels: boolean;
  readonly rows: readonly TableRow[];
}

/** Spellings of "no value here", all of them free of separators. */
const GAPS = ['', '?', 'NaN', 'nan', 'NA', 'n/a', '#N/A', 'null', 'None', 'inf', '-Inf', '-', '.', '1e999'];
/** Words for the three classes of activation; empty is unlabelled. */
export const CLASS_WORDS: Readonly<Record<string, number>> = {
  low: 0,
  Mid: 1,
  high: 2,
  passive: 0,
  neutral: 1,
  ACTIVE: 2,
  '': -1,
  '?': -1,
};

/** One float32 in the ways in which programs write it. */
function spellings(x: number): string[] {
  const plain = Object.is(x, -0) ? '-0' : String(x);
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const size = Math.abs(x);
  const all = [
    plain,
    sign + size.toPrecision(9),
    sign + size.toPrecision(17),
    sign + size.toExponential(6),
    (sign + size.toExponential(9)).toUpperCase(),
    `${sign}0${size.toExponential(12)}`,
    sign + size.toExponential(8).replace(/e([+-])(\d)$/, 'e$10$2'),
    sign + size.toExponential(8).replace('e+', 'e'),
    sign === '' ? `+${plain}` : plain,
  ];
  if (Number.isInteger(x) && size < 1e15) all.push(`${plain}.`, `${plain}.000`, `${sign}00${size}`);
  if (size < 1 && !plain.includes('e')) all.push(plain.replace('0.', '.'));
  if (size < 1e20 && !plain.includes('e'))
    all.push(`${plain.includes('.') ? plain : `${plain}.0`}${'0'.repeat(25)}1`);
  return all;
}

/** What a spelling must read as: JavaScript's own double, rounded once more. */
function float32Of(text: string): number {
  const value = Math.fround(Number(text.replace(/^\+/, '')));
  return isMissing(text) || !Number.isFinite(value) ? Number.NaN : value;
}

const float = fc.oneof(
  { weight: 4, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 2, arbitrary: fc.float({ noNaN: true, min: -1000, max: 1000 }) },
  { weight: 2, arbitrary: fc.integer() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      -0,
      0,
      1,
      1e38,
      -3.4028234663852886e38,
      1.401298464324817e-45,
      -1.1e-40,
      16777217,
    ),
  },
);

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

/** Digits at random, far more of them than a number needs. */
const longNumber = fc
  .tuple(fc.constantFrom('', '-'), digits(1, 40), digits(0, 40), fc.option(fc.integer({ min: -60, max: 60 })))
  .map(([sign, whole, rest, power]) => `${sign}${whole}.${rest}${power === null ? '' : `e${power}`}`);

const numberText = fc.oneof(
  { weight: 8, arbitrary: float.chain((x) => fc.constantFrom(...spellings(Math.fround(x)))) },
  { weight: 1, arbitrary: longNumber },
  { weight: 1, arbitrary: fc.constantFrom(...GAPS) },
);

const numberCell: fc.Arbitrary<NumberCell> = numberText.map((text) => ({
  text,
  value: float32Of(text),
}));

/** Letters that mean something to some dialect, and some that mean nothing to any. */
const letters = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'abcXYZ0189_-[]. ') },
  { weight: 2, arbitrary: fc.constantFrom(...',;\t"\'\\%@{}?=#|') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);
// The reader takes a zero byte for the sign of a binary file, and a mark at the beginning for one of UTF-16.
const text = (maxLength: number) =>
  fc
    .string({ unit: letters, minLength: 1, maxLength })
    .map((s) => s.replace(/[\p{Cc}\uFEFF]/gu, (c) => (c === '\t' ? c : '')));

const isFeatureName = (name: string) =>
  name !== '' &&
  !isMissing(name) &&
  // A first line that begins so is ARFF's, or one of numbers.
  !/^[%@\s\d.,+-]/.test(name) &&
  !/^sep=.$/i.test(name) &&
  restoredName(name) === name &&
  columnRoles([name])[0] === 'feature' &&
  !labelLike([name])[0];

const OPENSMILE = [
  'pcm_loudness_sma_amean',
  'mfcc_sma[0]_amean',
  'F0final__Turn_numOnsets',
  'lspFreq_sma_de[7]_stddev',
];

const featureName = fc
  .oneof(
    { weight: 1, arbitrary: fc.constantFrom(...OPENSMILE) },
    { weight: 2, arbitrary: text(12).map((s) => s.trim()) },
  )
  .filter(isFeatureName);

/** Names of utterances; those with line ends only some dialects can carry. */
const utteranceName = fc
  .oneof(
    { weight: 3, arbitrary: text(14) },
    { weight: 2, arbitrary: fc.nat(99).map((n) => `dir/utt_${n}.wav`) },
    { weight: 1, arbitrary: fc.tuple(text(5), text(5)).map(([a, b]) => `${a}\n${b}`) },
  )
  .filter((s) => s.trim() !== '');

const speaker = fc.constantFrom('s1', 's2', 'Ses01F', 'ä ö', 'a, b', "d'Arc", '03', '');

const row = (features: number, nameOf: (name: string) => string): fc.Arbitrary<TableRow> =>
  fc.record({
    name: utteranceName.map(nameOf),
    speaker,
    label: fc.constantFrom(...Object.keys(CLASS_WORDS)),
    numbers: fc.array(numberCell, { minLength: features, maxLength: features }),
  });

/** Any table of 1 to 12 rows and 1 to 8 features. */
export const plainTable: fc.Arbitrary<PlainTable> = fc
  .uniqueArray(featureName, { minLength: 1, maxLength: 8 })
  .chain((features) =>
    fc.record({
      features: fc.constant(features),
      hasSpeakers: fc.boolean(),
      hasLabels: fc.boolean(),
      rows: fc.array(
        row(features.length, (name) => name),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  );

/** A table whose rows are easily told apart, for damages: different names, every number there, none in a tie. */
export const distinctTable: fc.Arbitrary<PlainTable> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 8 }))
  .chain(([features, rows]) =>
    fc.record({
      features: fc.constant(
        ['pcm_loudness_sma_amean', 'mfcc_sma[0]_amean', 'jitter', 'x y', 'ß'].slice(0, features),
      ),
      hasSpeakers: fc.boolean(),
      hasLabels: fc.boolean(),
      rows: fc
        .array(
          fc.tuple(
            row(features, (name) => name),
            fc.array(float, { minLength: features, maxLength: features }),
          ),
          {
            minLength: rows,
            maxLength: rows,
          },
        )
        .map((made) =>
          made.map(([plain, floats], r) => ({
            ...plain,
            name: `${plain.name.trim().replace(/^[,;\t]+/, '')}${r}.wav`,
            speaker: plain.speaker || 's3',
            label: ['low', 'mid', 'high'][r % 3],
            numbers: floats.map((x, c) => {
              const value = Math.fround(c === 0 ? r + 0.5 : x);
              return { text: Object.is(value, -0) ? '-0' : String(value), value };
            }),
          })),
        ),
    }),
  );
