/**
 * Long work cut into steps, so that whoever drives it can show progress, see to other things between two
 * steps, or leave off. Knows nothing of what the work is.
 */

/** Work in steps: yields the share done, in [0, 1], and returns the result. */
export type Steps<T> = Generator<number, T, void>;

/** Does all the steps at once, for those who can wait. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
