/**
 * uDSV, cells converted by Number: a file read as a stream, as its documentation has it for Node. Its own conversion
 * (`typedArrs`) takes half as long again on rows of so many columns, so it parses to strings, which it calls fastest.
 */
import { createReadStream } from 'node:fs';
import { inferSchema, initParser, type Parser } from 'udsv';
import type { ReadTask, Task } from '../tasks.ts';
import { readingJob } from './reading.ts';
import { type Job, serve, unknown } from './serve.ts';

/** Values of all columns but the first, which names the row. */
async function parse({ file, rows, columns }: ReadTask): Promise<Float32Array> {
  const values = new Float32Array(rows * columns);
  let at = 0;
  let parser: Parser | null = null;
  const take = (row: string[]) => {
    for (let c = 1; c < row.length; c++) values[at++] = Number(row[c]);
  };
  for await (const text of createReadStream(file, { encoding: 'utf8' })) {
    parser ??= initParser(inferSchema(text));
    parser.chunk(text, parser.stringArrs, take);
  }
  parser?.end();
  return values;
}

async function start(task: Task): Promise<Job> {
  return task.kind === 'read' ? readingJob('udsv', task, () => parse(task)) : unknown(task);
}

await serve(start);
