/**
 * Pairs of corpora made of one labelled corpus: some of its speakers, and emotions, as the source, others as the
 * target. What helps there is found without a label of the corpus that a preset is meant to help on.
 */
import {
  CLASSES,
  type Corpus,
  classIndices,
  corpusMatrix,
  type LabelColumn,
  pickNames,
  type Task,
} from '../src/corpus/corpus.ts';
import { pickRows, rowSet } from '../src/methods/rows.ts';

function pickLabels(labels: LabelColumn, rows: Int32Array): LabelColumn {
  return labels.kind === 'categorical'
    ? { ...labels, ...pickNames(labels, rows) }
    : { ...labels, ratings: Float32Array.from(rows, (row) => labels.ratings[row]) };
}

/** The given rows of a corpus as a corpus of their own. */
function part(corpus: Corpus, name: string, rows: Int32Array): Corpus {
  const { values } = pickRows(rowSet(corpusMatrix(corpus)), rows);
  const { activation, valence } = corpus.labels;
  return {
    ...corpus,
    name,
    rows: rows.length,
    values,
    utterances: Array.from(rows, (row) => corpus.utterances[row]),
    speakers: corpus.speakers && pickNames(corpus.speakers, rows),
    emotions: corpus.emotions && pickNames(corpus.emotions, rows),
    labels: {
      ...(activation && { activation: pickLabels(activation, rows) }),
      ...(valence && { valence: pickLabels(valence, rows) }),
    },
  };
}

/** The utterances that `wanted` takes, by their speaker and emotion, as a corpus of their own. */
export function subset(
  corpus: Corpus,
  name: string,
  wanted: (speaker: string, emotion: string) => boolean,
): Corpus {
  const { speakers, emotions } = corpus;
  if (!speakers || !emotions) throw new Error(`${corpus.name}: no speakers or no emotions to divide it by`);
  const all = Int32Array.from({ length: corpus.rows }, (_, row) => row);
  const isWanted = (row: number) =>
    wanted(speakers.names[speakers.index[row]], emotions.names[emotions.index[row]]);
  return part(corpus, `${corpus.name}, ${name}`, all.filter(isWanted));
}

/**
 * Emotions that one side of a rehearsal lacks though the other has them: of each class of the task the last (for the
 * first side) and the first (for the second) in alphabetical order, where a class has several.
 */
export function lackingEmotions(corpus: Corpus, task: Task): [Set<string>, Set<string>] {
  const { emotions } = corpus;
  const labels = corpus.labels[task];
  if (!emotions || !labels) throw new Error(`${corpus.name}: no emotions or no ${task}`);
  const classes = classIndices(labels);
  const ofClass = CLASSES.map((_, k) => {
    const there = [...classes.keys()].filter((row) => classes[row] === k);
    return [...new Set(there.map((row) => emotions.names[emotions.index[row]]))].sort();
  }).filter((words) => words.length > 1);
  return [new Set(ofClass.map((words) => words.at(-1) as string)), new Set(ofClass.map(([first]) => first))];
}
