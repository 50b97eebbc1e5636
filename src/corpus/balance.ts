/**
 * Balancing classes by repeating rows. Must follow a split, never precede it: a row on both sides of a
 * split would be a leak. Knows nothing of features.
 */
import type { Random } from './random.ts';

/**
 * Random up-sampling to the majority class (method.md, procedure 2): row indices in which every class
 * present has as many rows as the largest. Each labelled row is there at least once, in its order;
 * then follow the repetitions, drawn with replacement. Unlabelled rows are left out.
 */
export function upsample(classes: Int8Array, random: Random): Int32Array {
  const members = new Map<number, number[]>();
  const rows: number[] = [];
  classes.forEach((k, row) => {
    if (k < 0) return;
    rows.push(row);
    const list = members.get(k);
    if (list) list.push(row);
    else members.set(k, [row]);
  });
  const majority = Math.max(0, ...[...members.values()].map((list) => list.length));
  // In the order of the classes, not of their first rows: the draws then depend on the counts alone.
  for (const k of [...members.keys()].sort((a, b) => a - b)) {
    const list = members.get(k)!;
    for (let n = list.length; n < majority; n++) rows.push(list[random.integer(list.length)]);
  }
  return Int32Array.from(rows);
}
