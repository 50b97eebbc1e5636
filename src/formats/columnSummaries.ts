/** What a column could be used for, in brief, for those who choose. Chooses nothing. */
import { TASKS, UNLABELLED } from '../corpus/corpus.ts';
import { proposeScale } from '../corpus/cuts.ts';
import { circumplexOf, classOfWord } from './emotions.ts';
import type { TextColumn } from './intake.ts';
import { namedColumn, ratingsOf } from './labels.ts';
import type { ColumnSummary } from './report.ts';

/** Words shown of a column, beside those that have a class whoever asks. */
export const MOST_WORDS = 100;

const hasClass = (word: string) =>
  circumplexOf(word) !== null || TASKS.some((task) => classOfWord(word, task) !== UNLABELLED);

/** Different words of a column, the most frequent first, and however rare those that stand for a class. */
function wordCounts(column: TextColumn): ColumnSummary['words'] {
  const { names, index } = namedColumn(column.cells);
  const counts = new Int32Array(names.length);
  for (const i of index) if (i >= 0) counts[i]++;
  return names
    .map((word, i) => ({ word, count: counts[i] }))
    .sort((a, b) => b.count - a.count)
    .filter(({ word }, i) => i < MOST_WORDS || hasClass(word));
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
