/** Asking again and again for work of which only the newest state counts. Knows nothing of the work. */

/** A way to ask for `work`, which runs one at a time: what is asked for while it runs is done once, afterwards. */
export function latest(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
