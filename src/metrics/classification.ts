/**
 * How well predicted classes agree with the true ones, and the summary of such scores over repeats.
 * Pure arithmetic in float64; knows nothing of who predicted.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';

/**
 * `confusion[truth][prediction]`, row counts, `[classes, classes]`. Rows without a label (truth < 0) are
 * skipped.
 * @throws where the lengths differ.
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  prediction: ArrayLike<number>,
  classes: number = CLASS_COUNT,
): number[][] {
  if (truth.length !== prediction.length) {
    throw new Error(`${truth.length} true classes, but ${prediction.length} predictions.`);
  }
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) if (truth[i] >= 0) confusion[truth[i]][prediction[i]]++;
  return confusion;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * Unweighted average recall, a fraction in [0, 1]: the mean over the classes present in the truth of the
 * share of their rows found.
 * @throws where no row has a label: UAR is not defined then.
 */
export function uar(confusion: readonly (readonly number[])[]): number {
  const recalls = confusion.flatMap((row, k) => (sum(row) > 0 ? [row[k] / sum(row)] : []));
  if (recalls.length === 0) throw new Error('UAR is not defined: no row has a label.');
  return sum(recalls) / recalls.length;
}

/**
 * Mean F1 over the classes that occur in the truth or among the predictions (scikit-learn's
 * `f1_score(average="macro")`), a fraction in [0, 1].
 * @throws where no row has a label.
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = confusion.flatMap((row, k) => {
    // 2 TP + FP + FN: the class's rows plus its predictions.
    const occurrences = sum(row) + sum(confusion.map((other) => other[k]));
    return occurrences > 0 ? [(2 * row[k]) / occurrences] : [];
  });
  if (scores.length === 0) throw new Error('F1 is not defined: no row has a label.');
  return sum(scores) / scores.length;
}

/** Share of rows predicted as each class, length `classes`; sums to 1, and is all 0 where there is no row. */
export function predictionShares(prediction: ArrayLike<number>, classes: number = CLASS_COUNT): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < prediction.length; i++) counts[prediction[i]]++;
  return counts.map((count) => count / Math.max(1, prediction.length));
}

/**
 * Mean and sample standard deviation (over n − 1; 0 for a single value).
 * @throws where there is no value.
 */
export function meanAndSd(values: readonly number[]): { mean: number; sd: number } {
  if (values.length === 0) throw new Error('The mean of no values is not defined.');
  const mean = sum(values) / values.length;
  if (values.length === 1) return { mean, sd: 0 };
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
