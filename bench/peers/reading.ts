/** What the readers of a large file have in common: the check of what they read, and the memory that it took. */
import { writeFileSync } from 'node:fs';
import type { ReadTask } from '../tasks.ts';
import { checkClose, type Job } from './serve.ts';

/** Where a reader leaves the most memory that its process took during the first reading beyond what it had before. */
export const peakFile = ({ file }: ReadTask, engine: string) => `${file}.${engine}.json`;

/** A task of reading; `read` gives the values `[rows, columns]`. */
export function readingJob(engine: string, task: ReadTask, read: () => Promise<Float32Array>): Job {
  const before = process.memoryUsage().rss;
  let noted = false;
  const once = async () => {
    const values = await read();
    const length = task.rows * task.columns;
    checkClose(values.length, length, 'the number of values');
    checkClose(values[length - 1], task.last, 'the last value');
    // Later readings may find the values of earlier ones not collected yet.
    if (noted) return;
    noted = true;
    const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1e6;
    writeFileSync(peakFile(task, engine), JSON.stringify({ megabytes }));
  };
  return { once };
}
