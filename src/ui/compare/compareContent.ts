/** From the figures of a comparison to what its chart shows. Pure. */
import type { CompareContent, Rail } from '../../charts/compareFigure.ts';
import { namedInAdvance } from '../../experiment/compare/cells.ts';
import type { CellSummary, ComparisonResults } from '../../experiment/compare/summary.ts';
import { plural } from '../format.ts';
import { cellLabel, GROUP_NAMES, groupOf, METHOD_GROUPS } from './groups.ts';

export type CompareOrder = 'table' | 'mean';

/** Figures on the target; those within the source are of other utterances. */
const onTarget = (cells: readonly CellSummary[]) => cells.filter(({ corpus }) => corpus !== 'source');

function rails({ chance, bound, cells }: ComparisonResults): Rail[] {
  const baseline = cells.find(({ method }) => method === 'source-only');
  return [
    ...(chance === null ? [] : [{ label: 'guessing', value: chance, dash: 'dot' } as const]),
    ...(baseline ? [{ label: 'source only', value: baseline.mean, dash: 'solid' } as const] : []),
    ...(bound ? [{ label: 'within the target', value: bound.mean, dash: 'dash' } as const] : []),
  ];
}

/** The rows in the order of the tables, or the largest mean first. */
export function compareContent(results: ComparisonResults, order: CompareOrder): CompareContent {
  const cells = onTarget(results.cells);
  const sorted = order === 'table' ? cells : cells.toSorted((a, b) => b.mean - a.mean);
  const { config } = results;
  const named = namedInAdvance(config.preset);
  return {
    title: 'UAR on the target',
    note: `${config.task}, ${plural(config.seeds.length, 'seed')}`,
    groups: METHOD_GROUPS.map((group) => GROUP_NAMES[group]),
    rails: rails(results),
    rows: sorted.map((cell) => ({
      label: cellLabel(cell),
      group: METHOD_GROUPS.indexOf(groupOf(cell.method)),
      mean: cell.mean,
      sd: cell.sd,
      seeds: cell.seeds,
      seedNumbers: cell.seedNumbers,
      emphasised: cell.method === named.method && cell.samples === named.samples,
    })),
  };
}
