/**
 * From finished units to the figures of a comparison: mean and spread over seeds, the difference to the recogniser
 * without any method, and how far chance goes in it. Pure; page, tables and files show the same object.
 */
import { CLASS_COUNT } from '../../corpus/corpus.ts';
import { meanAndSd } from '../../metrics/classification.ts';
import type { ResultRow } from '../events.ts';
import { type Confusion, type Interval, speakerInterval } from './bootstrap.ts';
import { type Cell, cellsOf } from './cells.ts';
import type { ComparisonConfig } from './config.ts';
import type { Fingerprints } from './fingerprint.ts';
import { plannedUnits } from './grid.ts';
import { addCounts } from './speakers.ts';
import { sameUnit, UNKNOWN_SPEAKER, type UnitKey, type UnitResult, type UnitRow } from './unit.ts';
import { type SignedRank, signedRankTest } from './wilcoxon.ts';

/** How a figure compares with `source-only`, over the seeds that both have. */
export interface Difference extends SignedRank {
  /** Mean over seeds, in percentage points. */
  readonly difference: number;
  /** Seeds paired. */
  readonly pairs: number;
  /** 95 % over speakers; null where fewer than five target speakers are known. */
  readonly interval: Interval | null;
}

/** One figure of the comparison, in percent. */
export interface CellSummary extends Cell {
  readonly mean: number;
  /** Sample standard deviation over seeds; 0 for one seed. */
  readonly sd: number;
  /** UAR of each seed, means over its recognisers. */
  readonly seeds: readonly number[];
  /** The seeds themselves, in the same order. */
  readonly seedNumbers: readonly number[];
  /** Null for the baseline itself, within a corpus, and as long as no seed of the baseline is done. */
  readonly versus: Difference | null;
}

/** Everything that a comparison found so far. */
export interface ComparisonResults {
  readonly config: ComparisonConfig;
  readonly corpora: Fingerprints;
  /** Those that computed it: figures of different ones differ in the last digits. */
  readonly backends: readonly string[];
  /** UAR of guessing: 100 by the number of classes among the target's labels; null before the first unit. */
  readonly chance: number | null;
  /** What the target's own labels can give (row target-dnn of `within`): a bound to read the others by. */
  readonly bound: { readonly mean: number; readonly sd: number } | null;
  /** Known speakers of the target with labelled utterances; null before the first figure of a transfer to it. */
  readonly speakers: number | null;
  /** Figures with at least one seed, in the order of the tables. */
  readonly cells: readonly CellSummary[];
  readonly diverged: readonly (UnitKey & { readonly message: string })[];
  readonly missing: readonly UnitKey[];
  /** What recognition within a corpus had to say of it, such as that it was left out; each once. */
  readonly notes: readonly string[];
}

interface SeedRow {
  readonly seed: number;
  readonly row: UnitRow;
}

/** A row's figures in the order of the seeds asked for. */
function rowsBySeed(
  units: readonly UnitResult[],
  { seeds }: ComparisonConfig,
  cell: Cell,
  row: ResultRow,
): SeedRow[] {
  return seeds.flatMap((seed) => {
    const unit = units.find((other) => sameUnit(other, { method: cell.method, seed }));
    const found = unit?.rows.find((other) => other.row === row);
    return found ? [{ seed, row: found }] : [];
  });
}

const rowTotal = (confusion: Confusion) => confusion.flat().reduce((a, b) => a + b, 0);

/** Confusions of every known speaker with labelled utterances, summed over seeds. */
function pooled(rows: readonly SeedRow[]): Map<string, number[][]> {
  const pool = new Map<string, number[][]>();
  for (const { row } of rows) {
    row.speakers.forEach((speaker, s) => {
      if (speaker === UNKNOWN_SPEAKER || rowTotal(row.confusion[s]) === 0) return;
      const sum = pool.get(speaker);
      pool.set(speaker, sum ? addCounts(sum, row.confusion[s]) : row.confusion[s]);
    });
  }
  return pool;
}

function difference(own: readonly SeedRow[], baseline: readonly SeedRow[]): Difference | null {
  const pairs = own.flatMap((mine) => {
    const other = baseline.find(({ seed }) => seed === mine.seed);
    return other ? [{ mine, other }] : [];
  });
  if (pairs.length === 0) return null;
  const differences = pairs.map(({ mine, other }) => mine.row.mean - other.row.mean);
  const method = pooled(pairs.map(({ mine }) => mine));
  const others = pooled(pairs.map(({ other }) => other));
  const speakers = [...method.keys()].filter((speaker) => others.has(speaker));
  const of = (pool: Map<string, number[][]>) => speakers.map((speaker) => pool.get(speaker) as number[][]);
  return {
    difference: meanAndSd(differences).mean,
    pairs: pairs.length,
    ...signedRankTest(differences),
    interval: speakerInterval(of(method), of(others)),
  };
}

/** Rows of each class among the labels that a row of the table was scored by. */
function truthCounts(row: UnitRow): number[] {
  return Array.from({ length: CLASS_COUNT }, (_, k) =>
    row.confusion.reduce((sum, confusion) => sum + confusion[k].reduce((a, b) => a + b, 0), 0),
  );
}

/**
 * The figures of a comparison from the units finished so far; units that are not of this configuration are ignored.
 */
export function summarise(
  config: ComparisonConfig,
  corpora: Fingerprints,
  units: readonly UnitResult[],
): ComparisonResults {
  const planned = plannedUnits(config);
  const own = units.filter((unit) => planned.some((key) => sameUnit(key, unit)));
  const figures = cellsOf(config.methods).map(({ cell, row }) => ({
    cell,
    rows: rowsBySeed(own, config, cell, row),
  }));
  const baseline = figures.find(({ cell }) => cell.method === 'source-only')?.rows ?? [];
  const cells = figures.flatMap(({ cell, rows }): CellSummary[] => {
    if (rows.length === 0) return [];
    const seeds = rows.map(({ row }) => row.mean);
    const compared = cell.method !== 'source-only' && cell.method !== 'within';
    return [
      {
        ...cell,
        ...meanAndSd(seeds),
        seeds,
        seedNumbers: rows.map(({ seed }) => seed),
        versus: compared ? difference(rows, baseline) : null,
      },
    ];
  });
  const onTarget = figures.find(({ cell, rows }) => cell.corpus !== 'source' && rows.length > 0)?.rows;
  const transferred = figures.find(({ cell, rows }) => cell.method !== 'within' && rows.length > 0)?.rows;
  const bound = cells.find(({ corpus, recogniser }) => corpus === 'target' && recogniser === 'dnn');
  return {
    config,
    corpora,
    backends: [...new Set(own.map(({ backend }) => backend))],
    chance: onTarget ? 100 / truthCounts(onTarget[0].row).filter((rows) => rows > 0).length : null,
    bound: bound ? { mean: bound.mean, sd: bound.sd } : null,
    speakers: transferred ? pooled(transferred).size : null,
    cells,
    diverged: own.flatMap(({ method, seed, diverged }) =>
      diverged === null ? [] : [{ method, seed, message: diverged }],
    ),
    missing: planned.filter((key) => !own.some((unit) => sameUnit(unit, key))),
    notes: [...new Set(own.flatMap(({ method, notes }) => (method === 'within' ? notes : [])))],
  };
}
