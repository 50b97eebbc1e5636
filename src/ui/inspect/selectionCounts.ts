/** How many samples of each group and class are selected. Pure. */
import { CLASS_COUNT } from '../../corpus/corpus.ts';
import { SAMPLE_GROUPS, type SampleGroup, type SampleSelection } from '../../diagnosis/samples.ts';
import { classesOf, type Named } from './sampleText.ts';

export interface GroupCounts {
  readonly group: SampleGroup;
  /** Low, mid, high, and those without a class. */
  readonly counts: readonly number[];
  readonly total: number;
}

/** A line for every group that has selected samples, in the order of the paper. */
export function selectionCounts(samples: SampleSelection, named: Named): readonly GroupCounts[] {
  return SAMPLE_GROUPS.flatMap((group): GroupCounts[] => {
    const rows = samples[group];
    if (!rows || rows.length === 0) return [];
    const classes = classesOf(group, named);
    const counts = new Array<number>(CLASS_COUNT + 1).fill(0);
    for (const row of rows) {
      const k = classes?.[row] ?? -1;
      counts[k < 0 ? CLASS_COUNT : k]++;
    }
    return [{ group, counts, total: rows.length }];
  });
}

/** All samples of a group as a selection; null where it has none. */
export function wholeGroup(group: SampleGroup, named: Named): SampleSelection | null {
  const rows = classesOf(group, named)?.length ?? 0;
  return rows > 0 ? { [group]: Int32Array.from({ length: rows }, (_, row) => row) } : null;
}
