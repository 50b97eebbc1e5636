import { describe, expect, it } from 'vitest';
import { contestantOf, type EngineSpec, papaparse, withEngines } from './engines.ts';
import type { ReadTask } from './tasks.ts';

const TASK: ReadTask = { kind: 'read', file: 'none.csv', rows: 1, columns: 1, last: 0 };

/** An engine that is a few lines of Node. */
const spec = (script: string): EngineSpec => ({
  engine: 'scripted',
  backend: 'js',
  threads: 1,
  command: [process.execPath, '-e', script],
});

/** Answers each request with the next of these lines, after some chatter. */
const answering = (...lines: string[]) =>
  spec(`const answers = ${JSON.stringify(lines)};
    require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
      console.log('chatter'); console.log(answers.shift()); });`);

const contest = (engine: EngineSpec, runs = 1) =>
  withEngines([engine], async ([started]) => {
    const contestant = contestantOf(started, TASK);
    await contestant.prepare();
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await contestant.run());
    return times;
  });

describe('an engine in a process of its own', () => {
  it('answers with its milliseconds, whatever else its libraries print', async () => {
    expect(await contest(answering('> {}', '> {"ms": 7}', '> {"ms": 8.5}'), 2)).toEqual([7, 8.5]);
  });

  it('says what went wrong, and who says so', async () => {
    await expect(contest(answering('> {"error": "no room"}'))).rejects.toThrow(
      'scripted (js, threads 1): no room',
    );
  });

  it('that dies, or cannot be started, is an error and no endless wait', async () => {
    await expect(contest(spec('process.exit(3)'))).rejects.toThrow('ended with code 3');
    await expect(contest({ ...spec(''), command: ['no-such-program'] })).rejects.toThrow('ENOENT');
  });

  it('written in TypeScript refuses tasks that are not its own', async () => {
    const task = { kind: 'gemm', m: 1, k: 1, n: 1, transposeA: false, transposeB: false } as const;
    const preparing = withEngines([papaparse()], ([engine]) => engine.prepare(task));
    await expect(preparing).rejects.toThrow('the task "gemm" is not this engine\'s');
  });
});
