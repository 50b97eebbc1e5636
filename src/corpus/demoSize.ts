/** The size of the demo corpora as users give it: `SOURCE_ROWS,TARGET_ROWS,FEATURES`. */
import type { DemoOptions } from './demo.ts';

export type DemoSize = Omit<DemoOptions, 'seed'>;

/** Smallest and largest of each number: ten rows a class and speaker are sensible, 400 MB are bearable. */
const LIMITS = { sourceRows: [30, 20_000], targetRows: [30, 20_000], features: [2, 5_000] } as const;

/**
 * Reads e.g. `10039,2163,1582`.
 * @throws with what was found and expected where it is not three whole numbers within the limits.
 */
export function parseDemoSize(text: string): DemoSize {
  const numbers = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  const names = Object.keys(LIMITS) as (keyof typeof LIMITS)[];
  const fits = names.every((name, i) => numbers[i] >= LIMITS[name][0] && numbers[i] <= LIMITS[name][1]);
  if (numbers.length !== names.length || !fits) {
    const limits = names.map((name) => `${name} ${LIMITS[name].join('–')}`).join(', ');
    throw new Error(
      `Demo size "${text}": expected three whole numbers with commas between them (${limits}).`,
    );
  }
  const [sourceRows, targetRows, features] = numbers;
  return { sourceRows, targetRows, features };
}
