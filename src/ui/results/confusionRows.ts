/** Which target rows stand in a cell of a confusion matrix. Pure; the target's labels are looked at to show, only. */
import { CLASS_COUNT } from '../../corpus/corpus.ts';

/** What recognisers made of the rows of a run. */
export interface Heard {
  /** Row of the target corpus that each prediction is of. */
  readonly rows: Int32Array;
  /** Predicted classes of these rows, by recogniser. */
  readonly predictions: readonly Int8Array[];
}

/** The class that most recognisers hear in row `i`; of equally frequent ones that which the first of them heard. */
function majority(predictions: readonly Int8Array[], i: number): number {
  const votes = new Array<number>(CLASS_COUNT).fill(0);
  for (const prediction of predictions) votes[prediction[i]]++;
  const most = Math.max(...votes);
  return predictions.find((prediction) => votes[prediction[i]] === most)?.[i] ?? -1;
}

/** Rows of the target corpus of class `truth` in which most recognisers hear `heard`, ascending. `classes` is of the corpus. */
export function cellRows(
  classes: Int8Array,
  { rows, predictions }: Heard,
  truth: number,
  heard: number,
): Int32Array {
  return rows.filter((row, i) => classes[row] === truth && majority(predictions, i) === heard);
}
