/** papaparse, cells converted by Number: a file read as a stream, as its documentation has it for Node. */
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import type { ReadTask, Task } from '../tasks.ts';
import { readingJob } from './reading.ts';
import { type Job, serve, unknown } from './serve.ts';

/** Values of all columns but the first, which names the row. */
function parse({ file, rows, columns }: ReadTask): Promise<Float32Array> {
  const values = new Float32Array(rows * columns);
  let at = 0;
  let header = true;
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(createReadStream(file), {
      skipEmptyLines: true,
      chunk: ({ data }) => {
        for (const row of header ? data.slice(1) : data) {
          for (let c = 1; c < row.length; c++) values[at++] = Number(row[c]);
        }
        header = false;
      },
      complete: () => resolve(values),
      error: reject,
    });
  });
}

async function start(task: Task): Promise<Job> {
  return task.kind === 'read' ? readingJob('papaparse', task, () => parse(task)) : unknown(task);
}

await serve(start);
