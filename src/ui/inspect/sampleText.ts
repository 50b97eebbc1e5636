/** What a sample is called: its utterance and speaker, its group, its class. Pure. */
import { CLASSES, type Corpus, corpusClasses, type Task } from '../../corpus/corpus.ts';
import { ORIGIN } from '../../diagnosis/evidence.ts';
import { isReal, type SampleGroup, type SampleReference } from '../../diagnosis/samples.ts';
import type { Moment } from '../../store/timeline.ts';

/** What names are looked up in. */
export interface Named {
  readonly source: Corpus | null;
  readonly target: Corpus | null;
  readonly task: Task;
  /** The moment on show. */
  readonly moment: Moment | null;
}

export interface SampleText {
  readonly utterance: string;
  /** Null where nobody is named. */
  readonly speaker: string | null;
  /** Null where it has none. */
  readonly className: string | null;
}

const UNKNOWN: SampleText = { utterance: 'unknown', speaker: null, className: null };

/** Class of every sample of a group, negative where it has none; null where the group is not there. */
export function classesOf(group: SampleGroup, { moment, task, ...corpora }: Named): Int8Array | null {
  if (!isReal(group)) return moment?.rows[group].classes ?? null;
  const corpus = corpora[group];
  return corpus && corpusClasses(corpus, task);
}

/** The row of a corpus that a sample is or was made from; null where the moment does not know it. */
function rowOfOrigin(
  { group, row }: SampleReference,
  moment: Moment | null,
): (SampleReference & { readonly group: 'source' | 'target' }) | null {
  if (isReal(group)) return { group, row };
  const origin = moment?.rows[group].origin[row];
  return origin === undefined ? null : { group: ORIGIN[group], row: origin };
}

/** The words for a sample. */
export function sampleText(sample: SampleReference, named: Named): SampleText {
  const origin = rowOfOrigin(sample, named.moment);
  const corpus = origin && named[origin.group];
  if (!corpus || origin.row >= corpus.rows) return UNKNOWN;
  const { utterances, speakers } = corpus;
  return {
    utterance: utterances[origin.row],
    speaker: speakers?.names[speakers.index[origin.row]] ?? null,
    className: CLASSES[classesOf(sample.group, named)?.[sample.row] ?? -1] ?? null,
  };
}
