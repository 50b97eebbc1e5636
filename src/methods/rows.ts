/**
 * Rows on their way from the corpora to the backend: a batch at a time, so that no corpus is held there as a whole and
 * sets made of several corpora are never joined in memory. Knows no network.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { tf } from '../nn/tf.ts';

/** The rows of several matrices of the same features, numbered end to end. */
export interface RowSet {
  readonly parts: readonly [Matrix, ...Matrix[]];
  readonly rows: number;
  readonly columns: number;
}

export const rowSet = (...parts: [Matrix, ...Matrix[]]): RowSet => ({
  parts,
  rows: parts.reduce((sum, { rows }) => sum + rows, 0),
  columns: parts[0].columns,
});

/** The given rows as a matrix of their own. */
export function pickRows({ parts, columns }: RowSet, rows: Int32Array): Matrix {
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    let own = row;
    let part = 0;
    while (own >= parts[part].rows) own -= parts[part++].rows;
    values.set(parts[part].values.subarray(own * columns, (own + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, values };
}

/** The given rows on the backend, `[rows.length, columns]`. */
export function gatherRows(set: RowSet, rows: Int32Array): tf.Tensor2D {
  return sliceRows(pickRows(set, rows), 0, rows.length);
}

/** Rows `start` … `start + count` − 1 of a matrix on the backend. */
export function sliceRows({ values, columns }: Matrix, start: number, count: number): tf.Tensor2D {
  return tf.tensor2d(values.subarray(start * columns, (start + count) * columns), [count, columns]);
}
