/** Two groups of samples side by side, feature by feature. Reads rows and scales; knows no network. */
import { matrixRows } from '../corpus/corpus.ts';
import { featureShifts, moments } from '../corpus/shift.ts';
import type { SyntheticSets } from '../methods/events.ts';
import {
  assertRow,
  evenRows,
  type InspectedPair,
  inTraining,
  inUnits,
  selectedRows,
  stacked,
} from './inspectPair.ts';
import type { ComparisonRequest, GroupComparison } from './reports.ts';
import { SAMPLE_GROUPS, type SampleGroup, type SampleSelection } from './samples.ts';

/** Rows of a group that are looked at, at most: more move no mean by anything that a chart shows. */
const MOST_ROWS = 5000;
/** Features that a comparison lists. */
const MOST_FEATURES = 20;

const countOf = (groups: ReturnType<typeof selectedRows>) =>
  groups.reduce((sum, [, rows]) => sum + rows.length, 0);

/** The rows to look at: all, or as many evenly spread over every group as keep its share. */
function looked(selection: SampleSelection): readonly (readonly [SampleGroup, Int32Array])[] {
  const groups = selectedRows(selection, SAMPLE_GROUPS);
  const share = Math.min(1, MOST_ROWS / countOf(groups));
  return groups.map(([group, rows]) => {
    const kept = evenRows(rows.length, Math.ceil(share * rows.length));
    return [group, kept.map((i) => rows[i])] as const;
  });
}

/**
 * Compares two groups, each of rows of one or several kinds: means in the units of the files, differences as Cohen's d.
 * Of more than 5,000 rows, as many evenly spread over them are looked at.
 * @throws where a group is empty or names a sample that is not there.
 */
export function compareGroups(
  pair: InspectedPair,
  { first, second }: ComparisonRequest,
  sets: SyntheticSets | null,
): GroupComparison {
  const groups = [first, second].map((selection) => selectedRows(selection, SAMPLE_GROUPS));
  const rows = groups.map(countOf);
  if (rows.includes(0)) throw new Error('Nothing to compare: one of the two groups has no samples.');
  for (const [group, own] of groups.flat()) assertRow(pair, { group, row: own[own.length - 1] }, sets);
  const [a, b] = [first, second].map(looked);
  const units = (part: typeof a) => stacked(part.map(([group, own]) => inUnits(pair, group, own, sets)));
  const means = (part: typeof a) =>
    moments(stacked(part.map(([group, own]) => matrixRows(inTraining(pair, group, sets), own)))).mean;
  const [from, to] = [means(a), means(b)];
  const squares = from.reduce((sum, mean, c) => sum + (to[c] - mean) ** 2, 0);
  return {
    rows: [rows[0], rows[1]],
    distance: Math.sqrt(squares / from.length),
    features: featureShifts(units(a), units(b), pair.matched.features)
      .slice(0, MOST_FEATURES)
      .map(({ feature, d, means: { source, target } }) => ({
        feature,
        first: source,
        second: target,
        difference: d,
      })),
  };
}
