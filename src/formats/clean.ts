/**
 * What is done about missing cells, and what is noticed about rows that repeat: rows and columns without any
 * value are left out, single missing cells take their column's median. Nothing of it in silence.
 */
import { FormatError } from './report.ts';
import { counted, listed, shortened } from './shorten.ts';
import type { Table } from './table.ts';
import type { Warn } from './warnings.ts';

/** The cleaned matrix and what it keeps of the table. */
export interface CleanTable {
  /** `[rows, features]`, row-major, finite. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly features: readonly string[];
  /** The table's row behind each row kept. */
  readonly kept: Int32Array;
}

/** How many cells of each row and of each column hold a value. */
function countValues(values: Float32Array, rows: number, width: number) {
  const ofRow = new Int32Array(rows);
  const ofColumn = new Int32Array(width);
  for (let r = 0, o = 0; r < rows; r++) {
    for (let c = 0; c < width; c++, o++) {
      if (Number.isNaN(values[o])) continue;
      ofRow[r]++;
      ofColumn[c]++;
    }
  }
  return { ofRow, ofColumn };
}

const indicesWhere = (counts: Int32Array, has: (n: number) => boolean) =>
  Int32Array.from([...counts.keys()].filter((i) => has(counts[i])));

/** Fills NaN with the median of the column's values; returns how many there were. `values` is changed. */
function imputeMedians(values: Float32Array, rows: number, width: number): number {
  let imputed = 0;
  for (let c = 0; c < width; c++) {
    const column = Float32Array.from({ length: rows }, (_, r) => values[r * width + c]);
    const sorted = column.filter((v) => !Number.isNaN(v)).sort();
    if (sorted.length === rows) continue;
    const half = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    for (let r = 0; r < rows; r++) {
      if (!Number.isNaN(column[r])) continue;
      values[r * width + c] = median;
      imputed++;
    }
  }
  return imputed;
}

/**
 * Cleans the values of a table.
 * @throws FormatError where no cell holds a value.
 */
export function cleanTable(
  table: Table,
  names: readonly string[] | null,
  file: string,
  warn: Warn,
): CleanTable {
  const { rows, layout, missing, lines } = table;
  const width = layout.features.length;
  if (missing.count === 0) {
    const kept = Int32Array.from({ length: rows }, (_, r) => r);
    return { values: table.values.slice(0, rows * width), features: layout.features, kept };
  }
  const { ofRow, ofColumn } = countValues(table.values, rows, width);
  const kept = indicesWhere(ofRow, (n) => n > 0);
  const columns = indicesWhere(ofColumn, (n) => n > 0);
  if (kept.length === 0) {
    throw new FormatError(
      { file, line: lines[0] },
      'no number in any row',
      'values',
      'Extract the features again.',
    );
  }
  const values = new Float32Array(kept.length * columns.length);
  let o = 0;
  for (const r of kept) for (const c of columns) values[o++] = table.values[r * width + c];

  const empty = indicesWhere(ofRow, (n) => n === 0);
  if (empty.length > 0) {
    const where = `line ${lines[empty[0]]}${names ? ` "${shortened(names[empty[0]])}"` : ''}`;
    warn('empty-row', where, `${counted(empty.length, 'row')} without any value left out.`);
  }
  const lost = layout.features.filter((_, c) => ofColumn[c] === 0);
  if (lost.length > 0) {
    const message = 'No row has a finite value there; left out.';
    warn('empty-column', `${counted(lost.length, 'column')} ${listed(lost)}`, message);
  }
  const imputed = imputeMedians(values, kept.length, columns.length);
  if (imputed > 0) {
    const { line, column } = missing;
    const where = `line ${line}, column ${column + 1} "${layout.columns[column].name}"`;
    const message = `${counted(imputed, 'missing or non-finite cell')} (this is the first) set to the column's median.`;
    warn('missing-cells', where, message);
  }
  return { values, features: Array.from(columns, (c) => layout.features[c]), kept };
}

/** FNV-1a over the bits of a row. */
function rowHash(bits: Uint32Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bits[i], 0x01000193);
  return h >>> 0;
}

/** Warns about rows with the name and the content of an earlier one, as openSMILE's append mode leaves them. */
export function warnDuplicates(
  values: Float32Array<ArrayBuffer>,
  keys: readonly string[],
  lines: readonly number[],
  warn: Warn,
): void {
  const width = values.length / keys.length;
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const byKey = new Map<string, number>();
  const again = new Set<string>();
  for (const key of keys) {
    if (byKey.has(key)) again.add(key);
    byKey.set(key, 0);
  }
  if (again.size === 0) return;
  const seen = new Map<string, number>();
  const duplicates: number[] = [];
  keys.forEach((key, r) => {
    if (!again.has(key)) return;
    const content = `${rowHash(bits, r * width, (r + 1) * width)}/${key}`;
    const first = seen.get(content);
    if (first === undefined) seen.set(content, r);
    else if (equalRows(bits, first * width, r * width, width)) duplicates.push(r);
  });
  if (duplicates.length === 0) return;
  const message =
    `${counted(duplicates.length, 'row')} with the name and the values of an earlier one kept; they count twice ` +
    '(openSMILE appends when it is run again).';
  warn('duplicate-rows', `line ${lines[duplicates[0]]} "${shortened(keys[duplicates[0]])}"`, message);
}

function equalRows(bits: Uint32Array, a: number, b: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (bits[a + i] !== bits[b + i]) return false;
  return true;
}
