/**
 * Whether an activation scale runs the wrong way: MSP-IMPROV counts from 1 = active, and many forget to turn it round.
 * Says what it finds; turning it is the user's choice.
 */
import { classIndices, countedRatings, type LabelColumn, type NamedColumn } from '../corpus/corpus.ts';

const ANGER = ['anger', 'angry', 'ang'];
const SADNESS = ['sadness', 'sad'];

/** Mean rating, or class, of the rows with one of some emotions; NaN where there is none. */
function meanOf(emotions: NamedColumn, values: ArrayLike<number>, words: readonly string[]): number {
  const wanted = new Set(emotions.names.flatMap((n, i) => (words.includes(n.toLowerCase()) ? [i] : [])));
  let [sum, count] = [0, 0];
  emotions.index.forEach((emotion, row) => {
    if (!wanted.has(emotion) || Number.isNaN(values[row])) return;
    sum += values[row];
    count++;
  });
  return sum / count;
}

/** True where anger is less active than sadness. */
export function seemsReversed(emotions: NamedColumn, labels: LabelColumn): boolean {
  const values =
    labels.kind === 'continuous'
      ? countedRatings(labels)
      : Float32Array.from(classIndices(labels), (k) => (k < 0 ? Number.NaN : k));
  return meanOf(emotions, values, ANGER) < meanOf(emotions, values, SADNESS);
}
