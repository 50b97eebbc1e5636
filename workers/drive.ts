/** Long work in a worker, a slice at a time, between which messages are heard. Knows nothing of what the work is. */

/** Milliseconds of work between two looks at the messages. */
const SLICE_MS = 40;

/** Says that a newer call or `cancel` ended this one. */
export function superseded(): DOMException {
  return new DOMException('Ended by a newer request.', 'AbortError');
}

/**
 * Drives steps to their end, giving way to messages every `SLICE_MS`. Each yielded step goes to `onStep`.
 * @throws an `AbortError` once `isCurrent` says no.
 */
export async function drive<S, T>(
  steps: Generator<S, T, void>,
  isCurrent: () => boolean,
  onStep: (step: S) => void = () => {},
): Promise<T> {
  let since = performance.now();
  try {
    for (;;) {
      if (!isCurrent()) throw superseded();
      const next = steps.next();
      if (next.done) return next.value;
      onStep(next.value);
      if (performance.now() - since >= SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
    }
  } finally {
    // Steps that are left give back what they hold of the kernels' memory.
    steps.return(undefined as T);
  }
}
