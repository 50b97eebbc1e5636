/** What each row of the table is trained on, in plain words. */
import type { SampleSet } from '../../experiment/events.ts';

export const SET_MEANINGS: Record<SampleSet, string> = {
  'source-only': 'Trained on the source corpus as it is: what the GAN has to beat.',
  A: 'Trained on source utterances taken to the target and back, under their own labels.',
  B: 'Trained on source utterances taken to the target, under their own labels.',
  C: 'Trained on target utterances taken to the source, under the class that Z asked for.',
  OA: 'Trained on the originals and type A together.',
  OB: 'Trained on the originals and type B together.',
  OC: 'Trained on the originals and type C together.',
};

/** UAR of guessing among three classes, in percent. */
export const CHANCE = 100 / 3;
