/**
 * Pairs of corpora made of one labelled corpus: the utterances of some of its speakers as the source, those of the
 * others as the target. What helps there is found without a label of the corpus that a preset is meant to help on.
 */
import { type Corpus, corpusMatrix, type LabelColumn, pickNames } from '../src/corpus/corpus.ts';
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

/** The corpus in two: utterances of the speakers that `first` takes, and those of the others. */
export function divided(
  corpus: Corpus,
  names: readonly [string, string],
  first: (speaker: string) => boolean,
): [Corpus, Corpus] {
  const { speakers } = corpus;
  if (!speakers) throw new Error(`${corpus.name}: no speakers to divide it by`);
  const all = Int32Array.from({ length: corpus.rows }, (_, row) => row);
  const isFirst = (row: number) => first(speakers.names[speakers.index[row]]);
  const of = (name: string, rows: Int32Array) => part(corpus, `${corpus.name}, ${name}`, rows);
  return [
    of(names[0], all.filter(isFirst)),
    of(
      names[1],
      all.filter((row) => !isFirst(row)),
    ),
  ];
}
