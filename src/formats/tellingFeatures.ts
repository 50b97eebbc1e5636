/**
 * Features that are labels in numbers, under a name that does not say so: few whole values, each beside one label only.
 * A network trained on them would be told what it is to find. Knows corpora, no files.
 */
import { type Corpus, classIndices, TASKS } from '../corpus/corpus.ts';

/** More values than classes and emotions have are no labels. */
const MOST_VALUES = 20;
/** Rows a value; fewer may agree by chance. */
const ROWS_A_VALUE = 5;

/** A feature and what it tells. */
export interface TellingFeature {
  readonly feature: string;
  readonly values: number;
  readonly of: 'emotion' | (typeof TASKS)[number];
}

/** Labels of the rows under their names; negative is none. */
function labelsOf({ emotions, labels }: Corpus): [TellingFeature['of'], ArrayLike<number>][] {
  const tasks = TASKS.flatMap((task): [TellingFeature['of'], ArrayLike<number>][] => {
    const column = labels[task];
    return column ? [[task, classIndices(column)]] : [];
  });
  return emotions ? [['emotion', emotions.index], ...tasks] : tasks;
}

/** The columns whose values are all whole and few. */
function countable({ rows, features, values }: Corpus): number[] {
  let columns = [...features.keys()];
  const seen = new Map(columns.map((c) => [c, new Set<number>()]));
  for (let r = 0; r < rows && columns.length > 0; r++) {
    columns = columns.filter((c) => {
      const value = values[r * features.length + c];
      return Number.isInteger(value) && (seen.get(c)?.add(value).size ?? 0) <= MOST_VALUES;
    });
  }
  return columns.filter((c) => (seen.get(c)?.size ?? 0) > 1);
}

/** How many values a column has in labelled rows where each goes with one label, and there are two or more; else null. */
function valuesThatTell(
  { rows, features, values }: Corpus,
  column: number,
  labels: ArrayLike<number>,
): number | null {
  const labelOf = new Map<number, number>();
  let labelled = 0;
  for (let r = 0; r < rows; r++) {
    if (labels[r] < 0) continue;
    labelled++;
    const value = values[r * features.length + column];
    const known = labelOf.get(value);
    if (known === undefined) labelOf.set(value, labels[r]);
    else if (known !== labels[r]) return null;
  }
  const enough = labelled >= ROWS_A_VALUE * labelOf.size && new Set(labelOf.values()).size > 1;
  return enough ? labelOf.size : null;
}

/** The features of a corpus that tell a label, each with the first that it tells. */
export function tellingFeatures(corpus: Corpus): TellingFeature[] {
  const labels = labelsOf(corpus);
  if (labels.length === 0) return [];
  return countable(corpus).flatMap((column) => {
    for (const [of, indices] of labels) {
      const values = valuesThatTell(corpus, column, indices);
      if (values !== null) return [{ feature: corpus.features[column], values, of }];
    }
    return [];
  });
}
