/**
 * Bringing the features of two corpora to one scale, and synthetic rows back to the units of the files.
 * Every scaler is an affine map a column, so that it can be undone. Knows nothing of networks or of runs.
 */
import type { Matrix, NamedColumn } from './corpus.ts';
import type { MatchedPair } from './match.ts';

/** How features become numbers of one scale; a part of the run's settings. */
export interface Scaling {
  readonly scaler: 'minmax-per-corpus' | 'minmax-source' | 'minmax-global' | 'zscore-speaker';
  /** Percentile in [0, 25] beyond which, from either end, a column's values are clipped; 0 is off. */
  readonly clipPercentile: number;
}

/** One affine map a column: `scaled = (value − offset) / range`, and 0 where the range is 0. */
interface Affine {
  readonly offset: Float64Array;
  readonly range: Float64Array;
}

/** What was fitted on one set of rows. */
interface Scaler {
  /** Limits to which values are clipped before scaling, or null where clipping is off. */
  readonly clip: { readonly low: Float64Array; readonly high: Float64Array } | null;
  /** The map of rows whose speaker is unknown or has no map of his own. */
  readonly common: Affine;
  /** The map of each speaker, by the index of his name; null where he has too few rows. */
  readonly bySpeaker: readonly (Affine | null)[];
}

/** Both corpora in training space, and the way back. */
export interface ScaledPair {
  readonly features: readonly string[];
  /** `[rows, features]` of the source in training space. */
  readonly source: Matrix;
  /** `[rows, features]` of the target in training space. */
  readonly target: Matrix;
  /**
   * Rows of training space that look like the source (types A and C), `[rows, features]`, in its units.
   * `origin[r]` is the source row that row r was made from, whose speaker's map a per-speaker scaler then
   * inverts; without it (type C comes from the target) the map of the whole corpus is inverted.
   */
  toSourceUnits(matrix: Matrix, origin?: Int32Array): Matrix;
  /** The same for rows that look like the target (type B); `origin` then holds rows of the target. */
  toTargetUnits(matrix: Matrix, origin?: Int32Array): Matrix;
}

const emptyAffine = (columns: number): Affine => ({
  offset: new Float64Array(columns),
  range: new Float64Array(columns),
});

/** Percentile `p` in [0, 100] of sorted values, interpolated linearly (NumPy's default). */
function percentile(sorted: Float32Array, p: number): number {
  const position = ((sorted.length - 1) * p) / 100;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

function clipLimits(matrices: readonly Matrix[], p: number): Scaler['clip'] {
  if (p <= 0) return null;
  const { columns } = matrices[0];
  const low = new Float64Array(columns);
  const high = new Float64Array(columns);
  const values = new Float32Array(matrices.reduce((sum, m) => sum + m.rows, 0));
  for (let c = 0; c < columns; c++) {
    let n = 0;
    for (const m of matrices) for (let r = 0; r < m.rows; r++) values[n++] = m.values[r * columns + c];
    values.sort();
    low[c] = percentile(values, p);
    high[c] = percentile(values, 100 - p);
  }
  return { low, high };
}

function clipped(value: number, column: number, clip: Scaler['clip']): number {
  if (!clip) return value;
  return Math.min(Math.max(value, clip.low[column]), clip.high[column]);
}

/** Offset is the least value of each column, range the distance to the greatest. */
function minMax(matrices: readonly Matrix[], clip: Scaler['clip']): Affine {
  const { columns } = matrices[0];
  const { offset, range } = emptyAffine(columns);
  const low = offset.fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  for (const { rows, values } of matrices) {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const value = clipped(values[i++], c, clip);
        if (value < low[c]) low[c] = value;
        if (value > high[c]) high[c] = value;
      }
    }
  }
  for (let c = 0; c < columns; c++) range[c] = high[c] - low[c];
  return { offset, range };
}

/** Offset is the mean of each column over the given rows, range its standard deviation (over n). */
function meanAndDeviation(matrix: Matrix, rows: readonly number[], clip: Scaler['clip']): Affine {
  const { columns, values } = matrix;
  const { offset, range } = emptyAffine(columns);
  for (let c = 0; c < columns; c++) {
    const first = clipped(values[rows[0] * columns + c], c, clip);
    let sum = 0;
    let squares = 0;
    for (const r of rows) {
      // Relative to the first value, a constant column's deviation is exactly 0 and large offsets cancel.
      const value = clipped(values[r * columns + c], c, clip) - first;
      sum += value;
      squares += value * value;
    }
    const mean = sum / rows.length;
    offset[c] = first + mean;
    range[c] = Math.sqrt(Math.max(0, squares / rows.length - mean * mean));
  }
  return { offset, range };
}

function fitMinMax(matrices: readonly Matrix[], clipPercentile: number): Scaler {
  const clip = clipLimits(matrices, clipPercentile);
  return { clip, common: minMax(matrices, clip), bySpeaker: [] };
}

/** A speaker of a single row would become a row of zeros: he is scaled by the whole corpus instead. */
const FEWEST_ROWS_OF_A_SPEAKER = 2;

/** The map of each speaker by his own rows, by the index of his name; null where he has too few. */
function affinesBySpeaker(
  matrix: Matrix,
  speakers: NamedColumn | null,
  clip: Scaler['clip'],
): Scaler['bySpeaker'] {
  const rowsOf: number[][] = (speakers?.names ?? []).map(() => []);
  speakers?.index.forEach((speaker, r) => {
    if (speaker >= 0) rowsOf[speaker].push(r);
  });
  return rowsOf.map((rows) =>
    rows.length < FEWEST_ROWS_OF_A_SPEAKER ? null : meanAndDeviation(matrix, rows, clip),
  );
}

function fitPerSpeaker(matrix: Matrix, speakers: NamedColumn | null, clipPercentile: number): Scaler {
  const clip = clipLimits([matrix], clipPercentile);
  const everyRow = Array.from({ length: matrix.rows }, (_, r) => r);
  return {
    clip,
    common: meanAndDeviation(matrix, everyRow, clip),
    bySpeaker: affinesBySpeaker(matrix, speakers, clip),
  };
}

/** The speaker of a row, −1 where unknown. */
type SpeakerOf = (row: number) => number;

const affineOf = (scaler: Scaler, speaker: number): Affine => scaler.bySpeaker[speaker] ?? scaler.common;

function scale({ rows, columns, values }: Matrix, scaler: Scaler, speakerOf: SpeakerOf): Matrix {
  const scaled = new Float32Array(values.length);
  for (let r = 0, i = 0; r < rows; r++) {
    const { offset, range } = affineOf(scaler, speakerOf(r));
    for (let c = 0; c < columns; c++, i++) {
      if (range[c] > 0) scaled[i] = (clipped(values[i], c, scaler.clip) - offset[c]) / range[c];
    }
  }
  return { rows, columns, values: scaled };
}

function invert({ rows, columns, values }: Matrix, scaler: Scaler, speakerOf: SpeakerOf): Matrix {
  const original = new Float32Array(values.length);
  for (let r = 0, i = 0; r < rows; r++) {
    const { offset, range } = affineOf(scaler, speakerOf(r));
    for (let c = 0; c < columns; c++, i++) original[i] = offset[c] + values[i] * range[c];
  }
  return { rows, columns, values: original };
}

function fitPair(
  { source, target }: MatchedPair,
  { scaler, clipPercentile }: Scaling,
  speakers: { readonly source: NamedColumn | null; readonly target: NamedColumn | null },
): { source: Scaler; target: Scaler } {
  switch (scaler) {
    case 'minmax-per-corpus':
      return { source: fitMinMax([source], clipPercentile), target: fitMinMax([target], clipPercentile) };
    case 'minmax-source': {
      const fitted = fitMinMax([source], clipPercentile);
      return { source: fitted, target: fitted };
    }
    case 'minmax-global': {
      const fitted = fitMinMax([source, target], clipPercentile);
      return { source: fitted, target: fitted };
    }
    case 'zscore-speaker':
      return {
        source: fitPerSpeaker(source, speakers.source, clipPercentile),
        target: fitPerSpeaker(target, speakers.target, clipPercentile),
      };
  }
}

/**
 * Brings both corpora of a pair, `[rows, features]` each, into training space (method.md, procedure 1).
 * Clip limits are fitted on the rows that the scale is fitted on. A column constant there maps to 0 and
 * inverts to its constant. Min-max puts the rows it was fitted on into [0, 1]; the target may leave that
 * range where only the source was fitted. Per-speaker z-scores fall back on the whole corpus for rows of
 * unknown speaker and for speakers of a single row.
 * @throws where either corpus has no rows.
 */
export function scalePair(
  pair: MatchedPair,
  settings: Scaling,
  speakers: { readonly source: NamedColumn | null; readonly target: NamedColumn | null },
): ScaledPair {
  if (pair.source.rows === 0) throw new Error('The source corpus has no rows to scale.');
  if (pair.target.rows === 0) throw new Error('The target corpus has no rows to scale.');
  const fitted = fitPair(pair, settings, speakers);
  const side = (name: 'source' | 'target') => {
    const speakerOf: SpeakerOf = (row) => speakers[name]?.index[row] ?? -1;
    return {
      scaled: scale(pair[name], fitted[name], speakerOf),
      invert: (matrix: Matrix, origin?: Int32Array) =>
        invert(matrix, fitted[name], (row) => (origin ? speakerOf(origin[row]) : -1)),
    };
  };
  const source = side('source');
  const target = side('target');
  return {
    features: pair.features,
    source: source.scaled,
    target: target.scaled,
    toSourceUnits: source.invert,
    toTargetUnits: target.invert,
  };
}

/** Some rows of a corpus, `[rows, features]` in its units, and who speaks them. */
export interface SpokenRows {
  readonly x: Matrix;
  readonly speakers: NamedColumn | null;
}

/**
 * Brings both sides of a split of one corpus into training space, by a scale and clip limits fitted on the rows to
 * learn from alone: what is held out decides nothing. All min-max settings mean the same here, as there is no other
 * corpus, and held-out rows may leave [0, 1]. With per-speaker z-scores a speaker who is only held out is scaled by
 * his own rows, as he would be were he new to a finished recogniser; no other row depends on them.
 * Both sides name speakers by the same list.
 * @throws where there are no rows to learn from.
 */
export function scaleFold(
  { train, test }: { readonly train: SpokenRows; readonly test: SpokenRows },
  { scaler, clipPercentile }: Scaling,
): { readonly train: Matrix; readonly test: Matrix } {
  if (train.x.rows === 0) throw new Error('The split leaves no rows to fit a scale on.');
  const perSpeaker = scaler === 'zscore-speaker';
  const fitted = perSpeaker
    ? fitPerSpeaker(train.x, train.speakers, clipPercentile)
    : fitMinMax([train.x], clipPercentile);
  const ofTested = perSpeaker ? affinesBySpeaker(test.x, test.speakers, fitted.clip) : [];
  const forTest = { ...fitted, bySpeaker: ofTested.map((own, s) => fitted.bySpeaker[s] ?? own) };
  return {
    train: scale(train.x, fitted, (row) => train.speakers?.index[row] ?? -1),
    test: scale(test.x, forTest, (row) => test.speakers?.index[row] ?? -1),
  };
}
