import { describe, expect, test } from 'vitest';
import {
  type Corpus,
  classCounts,
  classIndices,
  corpusClasses,
  corpusMatrix,
  type Matrix,
  TASKS,
  type Task,
} from './corpus.ts';
import { demoCorpora } from './demo.ts';
import { EGEMAPS_NAMES } from './egemapsNames.ts';
import { matchFeatures } from './match.ts';

/** The matrix with every column scaled to [0, 1]. */
function minMax({ rows, columns, values }: Matrix): Matrix {
  const out = new Float32Array(values.length);
  for (let c = 0; c < columns; c++) {
    const column = Array.from({ length: rows }, (_, r) => values[r * columns + c]);
    const [low, high] = [Math.min(...column), Math.max(...column)];
    column.forEach((v, r) => {
      out[r * columns + c] = (v - low) / (high - low);
    });
  }
  return { rows, columns, values: out };
}

/** UAR of the nearest class mean: means from `train`, scored on `test`. */
function nearestMean(train: Matrix, labels: Int8Array, test: Matrix, truth: Int8Array): number {
  const counts = classCounts(labels);
  const means = counts.map(() => new Float64Array(train.columns));
  train.values.forEach((v, i) => {
    const k = labels[Math.floor(i / train.columns)];
    means[k][i % train.columns] += v / counts[k];
  });
  const hits = [0, 0, 0];
  for (let r = 0; r < test.rows; r++) {
    const row = test.values.subarray(r * test.columns, (r + 1) * test.columns);
    const distances = means.map((mean) => mean.reduce((sum, m, c) => sum + (m - row[c]) ** 2, 0));
    if (distances.indexOf(Math.min(...distances)) === truth[r]) hits[truth[r]]++;
  }
  return classCounts(truth).reduce((sum, count, k) => sum + hits[k] / count, 0) / counts.length;
}

/** UAR of the nearest class mean on a third of a corpus's speakers, the means from the other two thirds. */
function nearestMeanHeldOut(x: Matrix, classes: Int8Array, speakers: Int32Array, held: number): number {
  const part = (keep: (speaker: number) => boolean) => {
    const rows = Array.from(speakers.keys()).filter((r) => keep(speakers[r]));
    const values = rows.flatMap((r) => Array.from(x.values.subarray(r * x.columns, (r + 1) * x.columns)));
    return {
      x: { rows: rows.length, columns: x.columns, values: Float32Array.from(values) },
      classes: Int8Array.from(rows, (r) => classes[r]),
    };
  };
  const [train, test] = [part((s) => s % 3 !== held), part((s) => s % 3 === held)];
  return nearestMean(train.x, train.classes, test.x, test.classes);
}

const shares = (corpus: Corpus, task: Task) =>
  classCounts(corpusClasses(corpus, task)).map((count) => count / corpus.rows);

describe('the demo corpora', () => {
  const { source, target } = demoCorpora({ seed: 1 });

  test('are of the default size, named, simulated and share every feature', () => {
    expect([source.name, source.rows, source.values.length]).toEqual(['Simulated source', 600, 600 * 88]);
    expect([target.name, target.rows, target.values.length]).toEqual(['Simulated target', 500, 500 * 88]);
    expect([source.simulated, target.simulated]).toEqual([true, true]);
    expect([source.emotions, target.emotions]).toEqual([null, null]);
    expect(source.features).toEqual([...EGEMAPS_NAMES]);
    expect(matchFeatures(source, target).features).toHaveLength(88);
    expect(new Set(EGEMAPS_NAMES).size).toBe(88);
  });

  test('name every utterance once, by its speaker, and share no speaker', () => {
    expect(source.utterances[0]).toBe('demo_s01_001.wav');
    for (const corpus of [source, target]) {
      expect(new Set(corpus.utterances).size).toBe(corpus.rows);
      corpus.utterances.forEach((utterance, r) => {
        expect(utterance).toContain(`_${corpus.speakers?.names[corpus.speakers.index[r]]}_`);
      });
    }
    expect([source.speakers?.names.length, target.speakers?.names.length]).toEqual([10, 12]);
    const names = [...(source.speakers?.names ?? []), ...(target.speakers?.names ?? [])];
    expect(new Set(names).size).toBe(22);
  });

  test('hold finite, varying values in plausible units', () => {
    for (const corpus of [source, target]) {
      expect(corpus.values.every(Number.isFinite)).toBe(true);
      for (let c = 0; c < 88; c++) {
        expect(new Set(corpus.values.filter((_, i) => i % 88 === c)).size).toBeGreaterThan(corpus.rows / 2);
      }
      const column = (name: string) => {
        const c = corpus.features.indexOf(name);
        return Array.from({ length: corpus.rows }, (_, r) => corpus.values[r * 88 + c]);
      };
      expect(Math.min(...column('jitterLocal_sma3nz_amean'))).toBeGreaterThan(0);
      expect(Math.min(...column('F2frequency_sma3nz_amean'))).toBeGreaterThan(800);
      expect(Math.max(...column('F2frequency_sma3nz_amean'))).toBeLessThan(2800);
    }
  });

  test('are rated from 1 to 5, with at least a tenth of the rows in every class and differing shares', () => {
    for (const task of TASKS) {
      for (const corpus of [source, target]) {
        const labels = corpus.labels[task];
        if (labels?.kind !== 'continuous') throw new Error(`${corpus.name} has no ratings of ${task}`);
        expect(labels.cuts).toEqual([2, 4]);
        expect(labels.ratings.every((r) => r >= 1 && r <= 5)).toBe(true);
        expect(Math.min(...shares(corpus, task))).toBeGreaterThan(0.1);
        // Editing a boundary must move rows, or the editor would have nothing to show.
        const moved = classCounts(classIndices({ ...labels, cuts: [1.5, 3] }));
        expect(moved).not.toEqual(classCounts(classIndices(labels)));
      }
      const [s, t] = [shares(source, task), shares(target, task)];
      expect(s.indexOf(Math.max(...s))).toBe(1);
      expect(t.indexOf(Math.max(...t))).toBe(2);
    }
  });

  test('are the same for the same seed and differ for another', () => {
    const small = (seed: number) => demoCorpora({ seed, features: 20, sourceRows: 60, targetRows: 50 });
    expect(small(1)).toEqual(small(1));
    expect(small(2).source.values).not.toEqual(small(1).source.values);
    expect(small(2).target.values).not.toEqual(small(1).target.values);
  });

  test('keep one corpus as it is when the other changes size', () => {
    const sized = (sourceRows: number, targetRows: number) =>
      demoCorpora({ seed: 1, features: 20, sourceRows, targetRows });
    expect(sized(60, 10).source).toEqual(sized(60, 50).source);
    expect(sized(10, 50).target).toEqual(sized(60, 50).target);
  });
});

describe('other sizes', () => {
  test('fewer features are a prefix, more go on as simulated features', () => {
    const few = demoCorpora({ seed: 1, features: 3, sourceRows: 1, targetRows: 7 });
    expect(few.source.features).toEqual(EGEMAPS_NAMES.slice(0, 3));
    expect([few.source.values.length, few.target.values.length]).toEqual([3, 21]);
    const many = demoCorpora({ seed: 1, features: 1582, sourceRows: 300, targetRows: 200 });
    expect(many.source.features.slice(87, 90)).toEqual([EGEMAPS_NAMES[87], 'simulated_89', 'simulated_90']);
    expect(new Set(many.source.features).size).toBe(1582);
    expect(many.source.values).toHaveLength(300 * 1582);
    expect(many.target.values.every(Number.isFinite)).toBe(true);
    expect(many.source.values.every(Number.isFinite)).toBe(true);
  });

  test('a single feature has no plane to turn in and stays finite', () => {
    const { source, target } = demoCorpora({ seed: 1, features: 1, sourceRows: 20, targetRows: 20 });
    expect([...source.values, ...target.values].every(Number.isFinite)).toBe(true);
  });

  test.each([{ sourceRows: 0 }, { targetRows: 2.5 }, { features: -1 }])('%j is refused by name', (sizes) => {
    expect(() => demoCorpora({ seed: 1, ...sizes })).toThrow(Object.keys(sizes)[0]);
  });
});

describe.each(TASKS)('what is left to learn of %s', (task) => {
  test('the source alone beats chance clearly and stays clearly below training within the target', () => {
    const seeds = [1, 2, 3];
    const mean = (figure: (seed: number) => number) =>
      seeds.reduce((sum, seed) => sum + figure(seed), 0) / seeds.length;
    const pair = (seed: number) => {
      const { source, target } = demoCorpora({ seed });
      return { source, target, s: minMax(corpusMatrix(source)), t: minMax(corpusMatrix(target)) };
    };
    const sourceOnly = mean((seed) => {
      const { source, target, s, t } = pair(seed);
      return nearestMean(s, corpusClasses(source, task), t, corpusClasses(target, task));
    });
    const within = mean((seed) => {
      const { target, t } = pair(seed);
      const speakers = target.speakers?.index ?? new Int32Array();
      return nearestMeanHeldOut(t, corpusClasses(target, task), speakers, seed % 3);
    });
    expect(sourceOnly).toBeGreaterThan(0.45);
    expect(within).toBeGreaterThan(sourceOnly + 0.1);
  });
});
