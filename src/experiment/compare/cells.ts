/** The cells of a comparison: every figure that a method fills, named as it is printed. Knows no number. */

import type { PresetName } from '../config.ts';
import { type ResultRow, type SampleSet, WITHIN_ROWS, type WithinRow } from '../events.ts';
import { PRESETS } from '../presets.ts';
import type { Side } from '../within.ts';
import { inTableOrder, METHOD_DESCRIPTIONS, type MethodName } from './config.ts';

/** What a recogniser was trained on: the source's rows (or a method's own classifier), synthetic ones, or both. */
export type Samples = 'O' | Exclude<SampleSet, 'source-only'>;

/** The names of a figure. */
export interface Cell {
  readonly method: MethodName;
  readonly samples: Samples;
  /** Inside which corpus, for figures of `within`. */
  readonly corpus?: Side;
  readonly recogniser?: 'dnn' | 'svm';
}

/** What the names of the rows within a corpus say. */
const WITHIN: Readonly<Record<WithinRow, Required<Pick<Cell, 'corpus' | 'recogniser'>>>> = {
  'target-dnn': { corpus: 'target', recogniser: 'dnn' },
  'target-svm': { corpus: 'target', recogniser: 'svm' },
  'source-dnn': { corpus: 'source', recogniser: 'dnn' },
  'source-svm': { corpus: 'source', recogniser: 'svm' },
};

const isWithin = (row: ResultRow): row is WithinRow => WITHIN_ROWS.some((own) => own === row);

/** How a row of a method's results table is printed. */
function cellOf(method: MethodName, row: ResultRow): Cell {
  if (isWithin(row)) return { method, samples: 'O', ...WITHIN[row] };
  return { method, samples: row === 'source-only' ? 'O' : row };
}

/** Which of CCEmoGAN's figures counts, named with the preset before any of them is known (docs/presets.md). */
export const namedInAdvance = (preset: PresetName): Cell => ({
  method: 'ccemogan',
  samples: PRESETS[preset].named,
});

/** Rows of the results table that a unit of a method fills; the baseline is a method of its own here. */
const rowsOfMethod = (method: MethodName): readonly ResultRow[] =>
  method === 'source-only' ? ['source-only'] : METHOD_DESCRIPTIONS[method].rows;

/** Every cell that the methods fill, in the order of the tables, whatever the order of the names. */
export function cellsOf(methods: readonly MethodName[]): { readonly cell: Cell; readonly row: ResultRow }[] {
  return inTableOrder(methods).flatMap((method) =>
    rowsOfMethod(method).map((row) => ({ cell: cellOf(method, row), row })),
  );
}
