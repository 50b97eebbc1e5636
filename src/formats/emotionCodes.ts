/** The one-letter codes for emotions of the MSP corpora (MSP-IMPROV's are the first four, other, and none). */

/** Empty where the raters did not agree. */
export const MSP_EMOTIONS: Readonly<Record<string, string>> = {
  A: 'anger',
  S: 'sadness',
  H: 'happiness',
  N: 'neutral',
  U: 'surprise',
  F: 'fear',
  D: 'disgust',
  C: 'contempt',
  O: 'other',
  X: '',
};
