/** What a column could be used for, in brief, for those who choose. Chooses nothing. */
import { proposeScale } from '../corpus/cuts.ts';
import type { TextColumn } from './intake.ts';
import { namedColumn, ratingsOf } from './labels.ts';
import type { ColumnSummary } from './report.ts';

/** Words shown of a column. */
const MOST_WORDS = 100;

/** Different words of a column, the most frequent first. */
function wordCounts(column: TextColumn): ColumnSummary['words'] {
  const { names, index } = namedColumn(column.cells);
  const counts = new Int32Array(names.length);
  for (const i of index) if (i >= 0) counts[i]++;
  return names
    .map((word, i) => ({ word, count: counts[i] }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_WORDS);
}

/** Describes the columns that may be labels or speakers; the first `joined` of them are of a label file. */
export function columnSummaries(columns: readonly TextColumn[], joined: number): ColumnSummary[] {
  return columns.flatMap((column, i) => {
    if (column.role === 'name' || column.role === 'start' || column.role === 'end') return [];
    const words = wordCounts(column);
    if (words.length === 0) return [];
    const ratings = ratingsOf(column);
    return [
      {
        name: column.name,
        in: i < joined ? 'labels' : 'features',
        kind: ratings ? 'numbers' : 'words',
        words,
        cuts: ratings && proposeScale(ratings).cuts,
      } as const,
    ];
  });
}
