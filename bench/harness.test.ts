import { describe, expect, it } from 'vitest';
import {
  type Contestant,
  chosen,
  compare,
  jsonOf,
  median,
  peakKey,
  type Report,
  race,
  tableOf,
  takeTurns,
} from './harness.ts';

/** A contestant that takes the given times in turn and notes every call. */
function scripted(engine: string, times: readonly number[], log: string[] = []): Contestant {
  let calls = 0;
  return {
    engine,
    backend: 'wasm',
    threads: 1,
    prepare: async () => void log.push(`prepare ${engine}`),
    run: async () => {
      log.push(engine);
      return times[calls++];
    },
    dispose: async () => void log.push(`dispose ${engine}`),
  };
}

const timing = (engine: string, ms: number) => ({ engine, backend: 'wasm', threads: 1, ms });

describe('median', () => {
  it('is the middle value, whatever the order, and not moved by one outlier', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([2, 1000, 3, 1])).toBe(2.5);
    expect(median([10, 9])).toBe(9.5);
  });

  it('of none is no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('takeTurns', () => {
  it('lets everyone run once a round, each round begun by the next one', async () => {
    const log: string[] = [];
    const contestants = ['a', 'b', 'c'].map((name) => scripted(name, [0, 1, 2, 3], log));
    await takeTurns(contestants, 3);
    expect(log.join('')).toBe('abc' + 'bca' + 'cab' + 'abc');
  });

  it('does not count the first round', async () => {
    const times = await takeTurns([scripted('a', [99, 1, 2]), scripted('b', [98, 3, 4])], 2);
    expect(times).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('compare', () => {
  it('relates everyone to the fastest rival, which the studio is not', () => {
    const rows = compare([timing('studio', 50), timing('tfjs', 400), timing('pytorch', 100)], null);
    expect(rows.map(({ ratio }) => ratio)).toEqual([0.5, 4, 1]);
  });

  it('gives no ratio without a rival', () => {
    expect(compare([timing('studio', 50)], null)[0].ratio).toBeNull();
  });

  it('counts 10⁹ operations a second from one repeat’s work', () => {
    expect(compare([timing('studio', 500)], 2e9)[0].gflops).toBeCloseTo(4, 12);
    expect(compare([timing('studio', 500)], null)[0].gflops).toBeNull();
  });
});

describe('race', () => {
  it('gives medians in the order of the contestants, and names the task', async () => {
    const rows = await race([scripted('studio', [0, 8, 2, 4]), scripted('tfjs', [0, 8, 8, 9])], {
      repeats: 3,
      flops: 8e6,
      task: 'small',
    });
    expect(rows).toEqual([
      { task: 'small', engine: 'studio', backend: 'wasm', threads: 1, ms: 4, gflops: 2, ratio: 0.5 },
      { task: 'small', engine: 'tfjs', backend: 'wasm', threads: 1, ms: 8, gflops: 1, ratio: 1 },
    ]);
  });

  it('disposes everyone, also where one fails', async () => {
    const log: string[] = [];
    const broken = { ...scripted('b', [], log), run: () => Promise.reject(new Error('no')) };
    const running = race([scripted('a', [1], log), broken], { repeats: 1, flops: null });
    await expect(running).rejects.toThrow('no');
    expect(log).toEqual(['prepare a', 'prepare b', 'a', 'dispose a', 'dispose b']);
  });
});

describe('chosen', () => {
  it('keeps the studio beside the one rival asked for', () => {
    const all = ['studio', 'tfjs', 'pytorch'].map((engine) => ({ engine }));
    expect(chosen(all, 'pytorch').map(({ engine }) => engine)).toEqual(['studio', 'pytorch']);
    expect(chosen(all, null)).toEqual(all);
  });
});

describe('what is written', () => {
  const rows = compare([timing('studio', 50), timing('tfjs', 100)], 1e9);
  const report: Report = {
    bench: 'gemm',
    rows,
    notes: ['A note.'],
    peaks: new Map([
      [peakKey(timing('studio', 0)), 25],
      [peakKey(timing('tfjs', 0)), 40],
    ]),
  };

  it('is the bare object for one benchmark and an array for several, notes left out', () => {
    const plain = { bench: 'gemm', rows };
    expect(jsonOf([report])).toEqual(plain);
    expect(jsonOf([report, report])).toEqual([plain, plain]);
    expect(Object.keys(rows[0])).toEqual(['engine', 'backend', 'threads', 'ms', 'gflops', 'ratio']);
  });

  it('is a table with the shares of the machine’s and of the engine’s own peak', () => {
    const [, , head, , studio, tfjs, , note] = tableOf(report).split('\n');
    const cells = (line: string) => line.split('|').map((cell) => cell.trim());
    expect(cells(head)).toContain('of peak');
    expect(cells(studio)).toEqual([
      '',
      'studio',
      'wasm',
      '1',
      '50.0',
      '20.0',
      '50 %',
      '80 %',
      '0.50',
      '1.00',
      '',
    ]);
    expect(cells(tfjs)).toEqual(['', 'tfjs', 'wasm', '1', '100', '10.0', '25 %', '25 %', '1.00', '2.00', '']);
    expect(note).toBe('A note.');
  });

  it('never shows more than all of a peak', () => {
    const slow = new Map([[peakKey(timing('studio', 0)), 5]]);
    const line = tableOf({ ...report, peaks: slow }).split('\n')[4];
    expect(
      line
        .split('|')
        .slice(6, 8)
        .map((cell) => cell.trim()),
    ).toEqual(['100 %', '100 %']);
  });

  it('leaves out columns in which nobody has a figure', () => {
    const head = tableOf({ ...report, rows: compare([timing('studio', 1)], null), peaks: undefined }).split(
      '\n',
    )[2];
    expect(head).not.toMatch(/GFLOP|peak|ratio|task/);
  });
});
