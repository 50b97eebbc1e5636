/**
 * A pair of corpora as samples are looked at: rows of any group in training's feature space and in the units of the
 * files, and what is usual among real rows. Knows no network and no page.
 */
import { type Corpus, type Matrix, matrixRows } from '../corpus/corpus.ts';
import type { MatchedPair } from '../corpus/match.ts';
import type { ScaledPair } from '../corpus/scale.ts';
import { type Moments, moments } from '../corpus/shift.ts';
import type { Machine } from '../kernels/machine.ts';
import type { Synthetic, SyntheticSets } from '../methods/events.ts';
import { nearestNeighbours } from '../projection/neighbours.ts';
import { finish } from '../projection/steps.ts';
import { ORIGIN, REFERENCE, type SampleType } from './evidence.ts';
import { isReal, type SampleGroup, type SampleReference, type SampleSelection } from './samples.ts';

/** Which of the two corpora. */
export type Side = 'source' | 'target';

/** The two corpora, brought to the same columns and to one scale. */
export interface PairParts {
  readonly source: Corpus;
  readonly target: Corpus;
  readonly matched: MatchedPair;
  readonly scaled: ScaledPair;
}

export interface InspectedPair extends PairParts {
  /** The kernels that distances are computed on; null where there are none. */
  readonly machine: Machine | null;
  /** Mean and variance of every shared feature of a corpus, in the units of its files. */
  moments(side: Side): Moments;
  /** The usual distance of a real row to the nearest other one of its corpus, in training's feature space; above 0. */
  nearness(): number;
}

/** Rows of either corpus whose nearest ones say what is usual. */
const NEARNESS_ROWS = 64;

/** At most `most` of `rows` rows, evenly spread over them, ascending. */
export function evenRows(rows: number, most: number): Int32Array {
  const length = Math.min(rows, most);
  return Int32Array.from({ length }, (_, i) => Math.floor((i * rows) / length));
}

/** Matrices of the same columns, one below the other; there is one at least. */
export function stacked(parts: readonly Matrix[]): Matrix {
  const [{ columns }] = parts;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { rows, columns, values };
}

function nearestOthers(matrix: Matrix, machine: Machine | null): number[] {
  const queries = matrixRows(matrix, evenRows(matrix.rows, NEARNESS_ROWS));
  const { k, distances } = finish(nearestNeighbours(queries, matrix, 2, false, machine));
  // The first is the row itself, or one equal to it.
  return k < 2 ? [] : Array.from({ length: queries.rows }, (_, r) => distances[2 * r + 1]);
}

function usualNearness({ source, target }: ScaledPair, machine: Machine | null): number {
  const found = [...nearestOthers(source, machine), ...nearestOthers(target, machine)].sort((a, b) => a - b);
  // Corpora of rows that are all the same have no scale of their own.
  return found[found.length >> 1] || found.at(-1) || 1;
}

/** A pair to look at; means and usual distances are computed when they are first asked for. */
export function inspectedPair(parts: PairParts, machine: Machine | null): InspectedPair {
  const known: Partial<Record<Side, Moments>> = {};
  let usual: number | null = null;
  return {
    ...parts,
    machine,
    moments(side) {
      known[side] ??= moments(parts.matched[side]);
      return known[side];
    },
    nearness() {
      usual ??= usualNearness(parts.scaled, machine);
      return usual;
    },
  };
}

/** The corpus whose units samples of a group are in. */
export const unitsOf = (group: SampleGroup): Side => (isReal(group) ? group : REFERENCE[group]);

/**
 * The samples of a type.
 * @throws where the moment's samples are not at hand, or it has none of this type.
 */
export function samplesOf(type: SampleType, sets: SyntheticSets | null): Synthetic {
  if (!sets) {
    throw new Error(
      `The feature values of samples of type ${type} are not kept for this moment: show the newest one, or train again.`,
    );
  }
  if (sets[type].rows === 0) throw new Error(`There are no samples of type ${type}: this method makes none.`);
  return sets[type];
}

/** All rows of a group in training's feature space. */
export const inTraining = (
  { scaled }: InspectedPair,
  group: SampleGroup,
  sets: SyntheticSets | null,
): Matrix => (isReal(group) ? scaled[group] : samplesOf(group, sets));

/** @throws where a group has no such row. */
export function assertRow(pair: InspectedPair, { group, row }: SampleReference, sets: SyntheticSets | null) {
  const { rows } = inTraining(pair, group, sets);
  if (row >= 0 && row < rows) return;
  const name = isReal(group) ? `The ${group} corpus` : `Type ${group}`;
  throw new Error(`${name} has ${rows} rows, but row ${row + 1} was asked for: point at it again.`);
}

/**
 * Rows of a group in the units of the files, `[rows.length, features]`: real rows as they were read, samples as the
 * corpus that they imitate has them. Only A was made of rows of that corpus, and so can be put back by its speaker's
 * scale.
 */
export function inUnits(
  { matched, scaled }: InspectedPair,
  group: SampleGroup,
  rows: Int32Array,
  sets: SyntheticSets | null,
): Matrix {
  if (isReal(group)) return matrixRows(matched[group], rows);
  const set = samplesOf(group, sets);
  const picked = matrixRows(set, rows);
  if (group === 'B') return scaled.toTargetUnits(picked);
  const origin = group === 'A' ? rows.map((row) => set.origin[row]) : undefined;
  return scaled.toSourceUnits(picked, origin);
}

/** The row of a corpus that a sample was made from; itself for a real row. */
export function originOf(
  { group, row }: SampleReference,
  sets: SyntheticSets | null,
): SampleReference & { readonly group: Side } {
  if (isReal(group)) return { group, row };
  return { group: ORIGIN[group], row: samplesOf(group, sets).origin[row] };
}

/** The groups of a selection that have rows, with them, in the order of the paper. */
export function selectedRows(
  selection: SampleSelection,
  groups: readonly SampleGroup[],
): readonly (readonly [SampleGroup, Int32Array])[] {
  return groups.flatMap((group): [SampleGroup, Int32Array][] => {
    const rows = selection[group];
    return rows && rows.length > 0 ? [[group, rows]] : [];
  });
}
