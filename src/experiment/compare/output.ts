/** The figures of a comparison as plain objects and as lines of a table of numbers, for programs to read. */
import { type Cell, cellsOf } from './cells.ts';
import type { ComparisonConfig } from './config.ts';
import type { CellSummary, ComparisonResults } from './summary.ts';
import type { UnitResult } from './unit.ts';

/** One figure as it is printed; the difference's fields are absent where there is none. */
export interface PrintedCell extends Cell {
  readonly mean: number;
  readonly sd: number;
  /** UAR of each seed, in percent. */
  readonly seeds: readonly number[];
  /** The seeds, in the same order. */
  readonly seedNumbers: readonly number[];
  /** Percentage points over `source-only`, mean over the seeds that both have. */
  readonly difference?: number;
  readonly pairs?: number;
  /** Exact two-sided Wilcoxon signed-rank test, and the smallest p that so many pairs can reach. */
  readonly p?: number;
  readonly minimumP?: number;
  /** 95 % over target speakers; null where too few are known. */
  readonly interval?: readonly [number, number] | null;
}

/** What `compare` and `merge` print. */
export interface PrintedComparison {
  readonly task: string;
  readonly preset: string;
  readonly cells: readonly PrintedCell[];
}

const printedCell = ({ versus, ...cell }: CellSummary): PrintedCell => ({ ...cell, ...versus });

/** The figures to print. */
export const printedComparison = ({ config, cells }: ComparisonResults): PrintedComparison => ({
  task: config.task,
  preset: config.preset,
  cells: cells.map(printedCell),
});

const FIELDS = ['method', 'samples', 'corpus', 'recogniser', 'seed', 'repeat', 'uar', 'backend'] as const;

/** One line a figure of a single recogniser, its header first; UAR in percent. */
export function resultsCsv({ methods }: ComparisonConfig, units: readonly UnitResult[]): string {
  const lines = cellsOf(methods).flatMap(({ cell, row }) =>
    units
      .filter(({ method }) => method === cell.method)
      .toSorted((a, b) => a.seed - b.seed)
      .flatMap(({ seed, backend, rows }) =>
        rows
          .filter((other) => other.row === row)
          .flatMap(({ uar }) => uar)
          .map((uar, repeat) =>
            [
              cell.method,
              cell.samples,
              cell.corpus ?? '',
              cell.recogniser ?? '',
              seed,
              repeat,
              uar,
              backend,
            ].join(','),
          ),
      ),
  );
  return `${[FIELDS.join(','), ...lines].join('\n')}\n`;
}
