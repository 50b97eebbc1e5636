/**
 * Tables at random in every dialect, and files damaged at random. The same seed each time; FUZZ_RUNS sets how many runs
 * each property has.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIndices } from '../corpus/corpus.ts';
import { corpusOf } from './corpusOf.ts';
import { anyDamage, type Damage, damage, damageByte, unexplained } from './damage.testing.ts';
import { anyDialect, bytesOf, type Dialect, featureOrder, packed, writePieces } from './dialects.testing.ts';
import { readLabelTable } from './labelFiles.ts';
import { readSources } from './readCorpus.ts';
import { AUTO_RECIPE, type Recipe } from './recipe.ts';
import { FormatError } from './report.ts';
import { CLASS_WORDS, distinctTable, type PlainTable, plainTable } from './tables.testing.ts';
import { fileOf } from './testing.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 80);
const seeded = (runs = RUNS) => ({
  numRuns: Math.max(1, Math.ceil(runs)),
  seed: Number(process.env.FUZZ_SEED ?? 2015),
});
const TIMEOUT = 60_000 + RUNS * 1000;

const LENIENT: Recipe = { ...AUTO_RECIPE, reading: { ragged: 'drop', words: 'missing' } };

/** The files of a table: its rows spread over as many as the dialect says; null where it cannot be written so. */
function filesOf(table: PlainTable, dialect: Dialect) {
  const count = Math.min(dialect.files, table.rows.length);
  const size = Math.ceil(table.rows.length / count);
  const files = [];
  for (let at = 0; at < table.rows.length; at += size) {
    // Further files have their columns in an order of their own.
    const own = { ...dialect, order: dialect.order.map((n, i) => (at * 7 * i + n) % 100) };
    const pieces = writePieces({ ...table, rows: table.rows.slice(at, at + size) }, own);
    if (!pieces) return null;
    files.push(fileOf(packed(bytesOf(pieces, own), own.members), `part${files.length}.csv`, own.chunk));
  }
  return files;
}

const namedAs = (words: readonly string[]) => {
  const names = [...new Set(words.filter((word) => word !== ''))];
  return { names, index: Int32Array.from(words, (word) => names.indexOf(word)) };
};

const bits = (values: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(values).buffer)];

/** What the utterances of some rows must be called. */
function expectedNames(rows: PlainTable['rows'], { lineEnd }: Dialect): string[] {
  const end = lineEnd === '\r' ? '\n' : lineEnd;
  const names = rows.map(({ name }) => name.replaceAll('\n', end).trim());
  return names.length > 1 && new Set(names).size === 1 ? names.map((_, r) => `row ${r + 1}`) : names;
}

/** The table with names that differ: files of one row each may otherwise give it their own. */
const namedApart = (table: PlainTable): PlainTable => ({
  ...table,
  rows: table.rows.map((row, r) => ({ ...row, name: `${r}_${row.name}` })),
});

async function expectSame(plain: PlainTable, dialect: Dialect, recipe: Recipe): Promise<void> {
  const table = dialect.files > 1 ? namedApart(plain) : plain;
  const files = filesOf(table, dialect);
  fc.pre(files !== null);
  if (!files) return;
  const sources = await readSources(files, recipe.reading);
  const { intake } = sources;
  const order = featureOrder(table, dialect);
  expect(intake.features).toEqual(order);
  const position = order.map((name) => table.features.indexOf(name));
  const values = table.rows.flatMap(({ numbers }) => position.map((p) => numbers[p].value));
  expect(bits(intake.values)).toEqual(bits(values));
  if (values.every(Number.isNaN)) return;
  const { corpus, report } = corpusOf(sources, recipe);
  const kept = table.rows.filter(({ numbers }) => !numbers.every(({ value }) => Number.isNaN(value)));
  expect(corpus.utterances).toEqual(expectedNames(kept, dialect));
  expect(corpus.values.every(Number.isFinite)).toBe(true);
  const present = kept.some(({ label }) => (CLASS_WORDS[label] ?? -1) >= 0);
  if (table.hasLabels && present) {
    const classes = corpus.labels.activation ? [...classIndices(corpus.labels.activation)] : [];
    expect(classes).toEqual(kept.map(({ label }) => CLASS_WORDS[label]));
  } else expect(corpus.labels.activation).toBeUndefined();
  const speakers = namedAs(kept.map(({ speaker }) => speaker));
  if (table.hasSpeakers && speakers.names.length > 0) expect(corpus.speakers).toEqual(speakers);
  if (values.some(Number.isNaN)) expect(report.quality.length).toBeGreaterThan(0);
}

describe('any table in any dialect', () => {
  it(
    'reads back equal, to the last bit',
    async () => {
      await fc.assert(
        fc.asyncProperty(plainTable, anyDialect, fc.constantFrom(AUTO_RECIPE, LENIENT), expectSame),
        seeded(3 * RUNS),
      );
    },
    TIMEOUT,
  );
});

/** Milliseconds that any reading of a small file may take. */
const PATIENCE = 2000;

/** What reading some bytes gives: the intake, or the error. @throws what is neither, and where it takes too long. */
async function attempt(bytes: Uint8Array, recipe: Recipe, chunk?: number) {
  const began = performance.now();
  try {
    const sources = await readSources([fileOf(bytes, 'damaged.csv', chunk)], recipe.reading);
    const { corpus } = corpusOf(sources, recipe);
    if (!corpus.values.every(Number.isFinite)) throw new Error('a value that is no number');
    return sources.intake;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.address.file).toBe('damaged.csv');
    expect(Math.min(error.found.length, error.expected.length, error.advice.length)).toBeGreaterThan(0);
    expect(error.address.line ?? 1).toBeGreaterThan(0);
    return error;
  } finally {
    expect(performance.now() - began).toBeLessThan(PATIENCE);
  }
}

const oneFile = (dialect: Dialect): Dialect => ({ ...dialect, members: 0, files: 1 });

async function expectExplained(table: PlainTable, any: Dialect, how: Damage, recipe: Recipe): Promise<void> {
  const dialect = oneFile(any);
  // ARFF's own way of leaving a row out.
  fc.pre(dialect.format === 'delimited' || !('text' in how) || how.text !== '%');
  const pieces = writePieces(table, dialect);
  fc.pre(pieces !== null);
  if (!pieces) return;
  const good = await attempt(bytesOf(pieces, dialect), recipe, dialect.chunk);
  fc.pre(!(good instanceof FormatError));
  if (good instanceof FormatError) return;
  const damaged = damage(pieces, how);
  const bytes = bytesOf(damaged.pieces, dialect);
  const bad = await attempt(bytes, recipe, dialect.chunk);
  if (bad instanceof FormatError) return;
  const why = unexplained(good, bad, damaged);
  if (why) throw new Error(`${why}\n${JSON.stringify(damaged.pieces.map((p) => p.text).join(''))}`);
}

describe('any damage', () => {
  it(
    'of one place is an error with an address, or is explained row by row',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          distinctTable,
          anyDialect,
          anyDamage,
          fc.constantFrom(AUTO_RECIPE, LENIENT),
          expectExplained,
        ),
        seeded(4 * RUNS),
      );
    },
    TIMEOUT,
  );
});

describe('any damage of bytes', () => {
  const change = (kind: number, by: number) => (bytes: Uint8Array, at: number) => {
    if (kind === 0) return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
    if (kind === 1) return Uint8Array.from([...bytes.subarray(0, at), by, ...bytes.subarray(at)]);
    const flipped = bytes.slice();
    flipped[at] ^= by || 1;
    return flipped;
  };

  it(
    'leaves the rows before it as they are, or is an error',
    async () => {
      const property = async (table: PlainTable, any: Dialect, where: number, kind: number, by: number) => {
        const dialect = { ...oneFile(any), mark: false };
        const pieces = writePieces(table, dialect);
        fc.pre(pieces !== null);
        if (!pieces) return;
        const damaged = damageByte(pieces, dialect.encoding, where, change(kind, by));
        const [good, bad] = [
          await attempt(bytesOf(pieces, dialect), AUTO_RECIPE),
          await attempt(damaged.bytes, AUTO_RECIPE),
        ];
        if (good instanceof FormatError || bad instanceof FormatError || damaged.row < 0) return;
        const before = damaged.row * good.features.length;
        expect(bits(bad.values.subarray(0, before))).toEqual(bits(good.values.subarray(0, before)));
      };
      const parts = [distinctTable, anyDialect, fc.nat(100_000), fc.nat(2), fc.nat(255)] as const;
      await fc.assert(fc.asyncProperty(...parts, property), seeded(2 * RUNS));
    },
    TIMEOUT,
  );

  it(
    'in an archive is an error, or changes nothing',
    async () => {
      const property = async (table: PlainTable, any: Dialect, where: number, kind: number, by: number) => {
        const dialect = oneFile(any);
        const pieces = writePieces(table, dialect);
        fc.pre(pieces !== null);
        if (!pieces) return;
        const whole = packed(bytesOf(pieces, dialect), 1 + (where % 3));
        const damaged = change(kind, by)(whole, where % whole.length);
        const [good, bad, cut] = [
          await attempt(whole, AUTO_RECIPE),
          await attempt(damaged, AUTO_RECIPE),
          await attempt(whole.subarray(0, where % whole.length), AUTO_RECIPE),
        ];
        if (!(bad instanceof FormatError)) expect(bad).toEqual(good);
        // What is cut off at the end of a member is a whole archive of fewer rows.
        if (where % 3 === 0) expect(cut).toBeInstanceOf(FormatError);
      };
      const parts = [distinctTable, anyDialect, fc.nat(100_000), fc.nat(2), fc.nat(255)] as const;
      await fc.assert(fc.asyncProperty(...parts, property), seeded(RUNS / 2));
    },
    TIMEOUT,
  );

  it(
    'random bytes and joined files are errors, or read with notices',
    async () => {
      const bytes = fc.uint8Array({ maxLength: 2000 });
      await fc.assert(
        fc.asyncProperty(bytes, fc.constantFrom(AUTO_RECIPE, LENIENT), async (noise, recipe) => {
          await attempt(noise, recipe);
        }),
        seeded(2 * RUNS),
      );
      const two = fc.tuple(
        distinctTable,
        distinctTable,
        anyDialect,
        anyDialect,
        fc.constantFrom(AUTO_RECIPE, LENIENT),
      );
      await fc.assert(
        fc.asyncProperty(two, async ([a, b, x, y, recipe]) => {
          const halves = [[a, { ...oneFile(x), lastEnd: true }] as const, [b, oneFile(y)] as const].map(
            ([table, d]) => {
              const pieces = writePieces(table, d);
              return pieces && bytesOf(pieces, d);
            },
          );
          fc.pre(halves.every((half) => half !== null));
          const joined = await attempt(Uint8Array.from(halves.flatMap((half) => [...(half ?? [])])), recipe);
          if (joined instanceof FormatError) return;
          const { ragged, repeatedHeaders, words } = joined.faults;
          expect([ragged, repeatedHeaders, words].some((fault) => fault !== null)).toBe(true);
        }),
        seeded(RUNS),
      );
    },
    TIMEOUT,
  );
});

describe('evaluation texts and label tables', () => {
  const samples = [
    '[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]\nC-E2:\tNeutral;\t()\n',
    'UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:2.1; V:1.8; D:2.9 ; N:3.2;\n S003; Angry; A:2; V:1; D:3; N:2;\n',
    'FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID\nMSP_0001.wav,H,4.2,5.1,3.9,12\nMSP_0002.wav,X,3,"2",4,Unknown\n',
    '@relation l\n@attribute file string\n@attribute emotion {a,b}\n@data\nx.wav,a\n"y z.wav",b\n',
  ];

  it(
    'are read or refused with an address, whatever is damaged',
    async () => {
      const wound = fc.tuple(fc.nat(1000), fc.nat(30), fc.string({ unit: 'binary', maxLength: 6 }));
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...samples),
          fc.array(wound, { maxLength: 4 }),
          async (sample, wounds) => {
            const text = wounds.reduce((s, [at, gone, put]) => {
              const from = at % (s.length + 1);
              return s.slice(0, from) + put + s.slice(from + gone);
            }, sample);
            const error = await readLabelTable(fileOf(text, 'labels.txt')).then(
              ({ keys, columns }) => {
                for (const { cells } of columns) expect(cells.length).toBe(keys.length);
                return null;
              },
              (e: unknown) => e,
            );
            if (error) expect(error).toBeInstanceOf(FormatError);
          },
        ),
        seeded(4 * RUNS),
      );
    },
    TIMEOUT,
  );
});

describe('found by chance, and kept', () => {
  it('a quote that is not closed joins no rows', async () => {
    const text = 'file,x\n"a",1\n"b,2\n"c",3\nd,4\n';
    const error = await attempt(new TextEncoder().encode(text), AUTO_RECIPE);
    expect(error).toMatchObject({ address: { line: 3 }, remedy: { ragged: 'drop' } });
    const intake = await attempt(new TextEncoder().encode(text), LENIENT);
    if (intake instanceof FormatError) throw intake;
    expect([...intake.values]).toEqual([1, 3, 4]);
    expect(intake.faults.ragged).toMatchObject({ count: 1, line: 3 });
  });

  it('a ragged row that a quote leaves open over a chunk ends', async () => {
    const text = 'file,x\na,1\nb,2,"c\nd"\ne,3\n';
    for (const chunk of [1, 3, 1000]) {
      const intake = await attempt(new TextEncoder().encode(text.padStart(600, '\n')), LENIENT, chunk);
      if (intake instanceof FormatError) throw intake;
      expect([...intake.values]).toEqual([1, 3]);
    }
  });

  it('a separator too many in a header slips no columns', async () => {
    const error = await attempt(new TextEncoder().encode('file,,x,y,\na,1,2,\nb,3,4,\n'), LENIENT);
    expect(error).toMatchObject({
      address: { line: 1 },
      found: expect.stringContaining('5 cells over a row of 4'),
    });
  });

  it('a row on the line of @data is not overlooked', async () => {
    const text = '@relation r\n@attribute x numeric\n@attribute y numeric\n@data 1,2\n3,4\n';
    expect(await attempt(new TextEncoder().encode(text), LENIENT)).toMatchObject({ address: { line: 4 } });
  });

  it('names that look like numbers, and blank lines, say nothing of the decimal sign', async () => {
    const text = 'file;x\n1.5;1\n\n\n\n\n2.5;2\n3.5;0,25\n';
    const intake = await attempt(new TextEncoder().encode(text), AUTO_RECIPE);
    if (intake instanceof FormatError) throw intake;
    expect([...intake.values]).toEqual([1, 2, 0.25]);
  });

  it('a column with another decimal sign than the file is not left aside', async () => {
    const error = await attempt(new TextEncoder().encode('file;x;y\na;0,5;0.5\nb;1,5;2\n'), AUTO_RECIPE);
    expect(error).toMatchObject({ address: { line: 2, columnName: 'x' }, found: '"0,5"' });
  });

  it('separators within names are no separators of the file', async () => {
    for (const text of ['file\tF0 (mean, Hz, A)\tx\na\t1\t2\n', 'sep=;\nu;F0, mean, Hz;x\na;1;2\n']) {
      const intake = await attempt(new TextEncoder().encode(text), AUTO_RECIPE);
      if (intake instanceof FormatError) throw intake;
      expect([...intake.values].slice(-2)).toEqual([1, 2]);
    }
  });
});
