/**
 * Mends a matrix as its recipe says: which rows and columns stay, and what missing cells become. Counts what it finds,
 * so that the report can list it. Knows no text and no files.
 */
import type { Intake } from './intake.ts';
import { allocateValues } from './memory.ts';
import type { Repairs } from './recipe.ts';

/** The mended matrix, and what was found on the way. Rows and columns are those of the intake. */
export interface Repaired {
  /** `[keptRows, features]`, finite; the intake's own memory where nothing had to change. */
  readonly values: Float32Array;
  readonly features: readonly string[];
  readonly keptRows: Int32Array;
  readonly emptyRows: readonly number[];
  readonly emptyColumns: readonly number[];
  readonly constantColumns: readonly number[];
  /** Missing cells outside empty rows and columns, and outside columns left out by name. */
  readonly missing: number;
  /** Missing cells of columns left out by name, outside empty rows and columns. */
  readonly missingIgnored: number;
}

const indices = (count: number) => Array.from({ length: count }, (_, i) => i);

/** How many cells of each row and of each column hold a value. */
function countValues({ values, rows, features }: Intake) {
  const ofRow = new Int32Array(rows);
  const ofColumn = new Int32Array(features.length);
  for (let r = 0, o = 0; r < rows; r++) {
    for (let c = 0; c < features.length; c++, o++) {
      if (Number.isNaN(values[o])) continue;
      ofRow[r]++;
      ofColumn[c]++;
    }
  }
  return { ofRow, ofColumn };
}

/** Of some columns, those whose present values are all the same in some rows. */
function constantAmong(
  { values, features }: Intake,
  columns: readonly number[],
  rows: ArrayLike<number>,
): number[] {
  const width = features.length;
  const first = new Float32Array(width).fill(Number.NaN);
  let constant = [...columns];
  for (let i = 0; i < rows.length && constant.length > 0; i++) {
    const base = rows[i] * width;
    constant = constant.filter((c) => {
      const value = values[base + c];
      if (Number.isNaN(value)) return true;
      if (Number.isNaN(first[c])) first[c] = value;
      return value === first[c];
    });
  }
  return constant;
}

/** Median of the values of a column that are there. */
function median(column: Float32Array): number {
  const sorted = column.filter((v) => !Number.isNaN(v)).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The chosen rows and columns in memory of their own; cells that are missing take their column's median. */
function gathered({ values, features }: Intake, rows: ArrayLike<number>, columns: readonly number[]) {
  const result = allocateValues(rows.length * columns.length);
  const gaps = new Set<number>();
  for (let i = 0, o = 0; i < rows.length; i++) {
    const base = rows[i] * features.length;
    for (let j = 0; j < columns.length; j++, o++) {
      result[o] = values[base + columns[j]];
      if (Number.isNaN(result[o])) gaps.add(j);
    }
  }
  const width = columns.length;
  for (const j of gaps) {
    const fill = median(Float32Array.from({ length: rows.length }, (_, i) => result[i * width + j]));
    for (let o = j; o < result.length; o += width) if (Number.isNaN(result[o])) result[o] = fill;
  }
  return result;
}

/**
 * Mends an intake's matrix.
 * @param duplicates rows that repeat an earlier one.
 */
export function repairMatrix(intake: Intake, repairs: Repairs, duplicates: readonly number[]): Repaired {
  const { rows, features, values, faults } = intake;
  const gaps = [faults.missing, faults.infinite, faults.words].some((fault) => fault !== null);
  const counts = gaps ? countValues(intake) : null;
  const emptyRows = counts ? indices(rows).filter((r) => counts.ofRow[r] === 0) : [];
  const emptyColumns = counts ? indices(features.length).filter((c) => counts.ofColumn[c] === 0) : [];
  const ignored = new Set(repairs.ignored);
  const isEmpty = new Set(emptyColumns);
  const filled = indices(features.length).filter((c) => !isEmpty.has(c));
  const present = filled.filter((c) => !ignored.has(features[c]));
  const aside = filled.filter((c) => ignored.has(features[c]));

  const left = new Set(emptyRows);
  if (repairs.duplicates === 'drop') for (const row of duplicates) left.add(row);
  const gapsIn = (row: number, columns: readonly number[]) => {
    let gone = 0;
    for (const c of columns) if (Number.isNaN(values[row * features.length + c])) gone++;
    return gone;
  };
  let [missing, missingIgnored] = [0, 0];
  if (counts) {
    for (let r = 0; r < rows; r++) {
      if (counts.ofRow[r] === 0) continue;
      const gone = gapsIn(r, present);
      missing += gone;
      missingIgnored += gapsIn(r, aside);
      if (gone > 0 && repairs.missing === 'drop-rows') left.add(r);
    }
  }
  const keptRows = Int32Array.from(indices(rows).filter((r) => !left.has(r)));
  // A column may be constant only once rows are left out.
  const constantColumns = constantAmong(intake, present, keptRows);
  const constant = new Set(repairs.constant === 'drop' ? constantColumns : []);
  const hasGap = (c: number) => counts !== null && counts.ofColumn[c] < rows - emptyRows.length;
  const columns = present.filter(
    (c) => !constant.has(c) && !(repairs.missing === 'drop-columns' && hasGap(c)),
  );
  const untouched = keptRows.length === rows && columns.length === features.length && missing === 0;
  return {
    values: untouched ? values : gathered(intake, keptRows, columns),
    features: untouched ? features : columns.map((c) => features[c]),
    keptRows,
    emptyRows,
    emptyColumns,
    constantColumns,
    missing,
    missingIgnored,
  };
}
