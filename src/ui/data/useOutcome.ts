/** What is said, once, when files were read or a corpus was made anew: its size by then. */
import { useState } from 'react';
import type { Corpus } from '../../corpus/corpus.ts';
import { type CorpusSlot, isBeingReplaced, type Role } from '../../store/corpora.ts';
import { useStudioState } from '../../store/react.tsx';
import { plural } from '../format.ts';

type Doing = 'read' | 'change';

const isGoing = (slot: CorpusSlot, doing: Doing) =>
  doing === 'read' ? isBeingReplaced(slot) : slot.revising !== null;

const sentence = ({ name, rows, features }: Corpus, doing: Doing) =>
  `${name} ${doing === 'read' ? 'read' : 'made anew'}: ${plural(rows, 'row')}, ${plural(features.length, 'feature')}`;

/** Empty until something was read, or changed, in a place, and again as soon as more is on its way. */
export function useOutcome(place: Role, doing: Doing): string {
  const slot = useStudioState((s) => s.corpora[place]);
  const { corpus } = slot;
  const going = isGoing(slot, doing);
  const [last, setLast] = useState({ going, utterances: corpus?.utterances, said: '' });
  if (last.going !== going) {
    // What was cancelled or refused leaves the corpus as it was; what was made has names of its own.
    const made = !going && corpus && corpus.utterances !== last.utterances;
    setLast({ going, utterances: corpus?.utterances, said: made ? sentence(corpus, doing) : '' });
  }
  return last.said;
}
