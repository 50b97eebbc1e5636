/**
 * A corpus that was made, not read, as if it had been read: so that what can be done with files, other cuts or speakers,
 * can be done with it too. Simulates nothing itself.
 */
import { type Corpus, type NamedColumn, TASKS } from '../corpus/corpus.ts';
import { choiceOf } from './choices.ts';
import type { Sources } from './corpusOf.ts';
import type { TextColumn } from './intake.ts';
import { AUTO_RECIPE, type Recipe } from './recipe.ts';

const wordsOf = ({ names, index }: NamedColumn) => Array.from(index, (i) => names[i] ?? '');

/** The sources that `corpusOf` makes this corpus of; they share its values. */
export function sourcesOf(corpus: Corpus): Sources {
  const { name, rows, features, values, utterances, speakers, emotions, labels, simulated } = corpus;
  const columns: Omit<TextColumn, 'number'>[] = [{ name: 'name', role: 'name', cells: utterances }];
  if (speakers) columns.push({ name: 'speaker', role: 'speaker', cells: wordsOf(speakers) });
  if (emotions) columns.push({ name: 'emotion', role: 'emotion', cells: wordsOf(emotions) });
  for (const task of TASKS) {
    const own = labels[task];
    // A column that two of these come from stands there once.
    if (!own || columns.some((column) => column.name === own.column)) continue;
    const cells = own.kind === 'continuous' ? Array.from(own.ratings, String) : wordsOf(own);
    columns.push({ name: own.column, role: task, cells });
  }
  return {
    intake: {
      name,
      files: [{ name, format: 'delimited', rows }],
      rows,
      features,
      values,
      fileOf: new Uint16Array(rows),
      lines: Int32Array.from({ length: rows }, (_, r) => r + 1),
      columns: columns.map((column, i) => ({ ...column, number: i + 1 })),
      faults: { missing: null, infinite: null, words: null, ragged: null, repeatedHeaders: null },
      notes: [],
    },
    labels: [],
    simulated,
  };
}

/** The recipe by which its sources give this corpus. */
export const recipeOf = ({ speakers, labels }: Corpus): Recipe => ({
  ...AUTO_RECIPE,
  speaker: speakers ? { from: 'column', column: 'speaker' } : { from: 'none' },
  labels: { activation: choiceOf(labels.activation), valence: choiceOf(labels.valence) },
});
