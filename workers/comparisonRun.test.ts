/** A comparison under control, its units played by the test. */
import { describe, expect, it } from 'vitest';
import type { ComparisonEvent } from '../src/experiment/compare/events.ts';
import type { ComparisonResults } from '../src/experiment/compare/summary.ts';
import type { UnitKey, UnitResult } from '../src/experiment/compare/unit.ts';
import { ComparisonRun, type ComparisonRunParts } from './comparisonRun.ts';
import type { ComparisonUpdate } from './protocol.ts';

const key = (seed: number): UnitKey => ({ method: 'source-only', seed });
const result = (seed: number): UnitResult => ({
  ...key(seed),
  backend: 'cpu',
  seconds: 1,
  rows: [],
  diverged: null,
  notes: [],
});
const progress = (done: number): ComparisonEvent => ({
  type: 'progress',
  progress: { done, units: 3, unitShare: 0, elapsedSeconds: done, remainingSeconds: 3 - done },
});
const step: ComparisonEvent = {
  type: 'run',
  unit: key(1),
  event: { type: 'step', phase: 'recognisers', step: 2, steps: 9, epoch: 0, epochs: 0 },
};

/** Three units, the second of which fails. */
async function* threeUnits(log: string[]): AsyncGenerator<ComparisonEvent, void> {
  try {
    yield { type: 'planned', units: [1, 2, 3].map(key), missing: [1, 2, 3].map(key) };
    for (const seed of [1, 2, 3]) {
      log.push(`unit ${seed}`);
      yield { type: 'unit-started', unit: key(seed) };
      yield step;
      if (seed === 2)
        yield { type: 'unit-failed', unit: key(2), failure: { name: 'Error', message: 'memory' } };
      else yield { type: 'unit-finished', result: result(seed) };
      yield progress(seed);
    }
  } finally {
    log.push('closed');
  }
}

/** @param meanwhile asks for a turn while the comparison has its first. */
function harness(parts: Partial<ComparisonRunParts> = {}, meanwhile?: (log: string[]) => Promise<void>) {
  const log: string[] = [];
  const updates: ComparisonUpdate[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn: ComparisonRunParts['inTurn'] = (task) => {
    const turn = queue.then(task);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const run = new ComparisonRun({
    events: threeUnits(log),
    finished: [],
    summarise: (units) => ({ cells: [...units] }) as unknown as ComparisonResults,
    inTurn,
    prepare: async () => {
      const first = !log.includes('prepare');
      log.push('prepare');
      if (first && meanwhile) void inTurn(() => meanwhile(log));
    },
    clear: async () => void log.push('clear'),
    now: () => performance.now(),
    breathe: async () => undefined,
    onUpdate: (update) => updates.push(update),
    ...parts,
  });
  return { run, log, updates, inTurn };
}

const somethingElse = async (log: string[]) => void log.push('something else');

describe('ComparisonRun', () => {
  it('takes a turn for every unit, clears after one that failed, and tells each unit once', async () => {
    // Asked for while the first unit computes: it has its turn before the second.
    const { run, log, updates } = harness({}, somethingElse);
    await run.run();
    expect(log).toEqual([
      ...['prepare', 'unit 1', 'something else', 'prepare', 'unit 2', 'clear', 'prepare', 'unit 3'],
      'closed',
    ]);
    expect(updates.flatMap(({ finished }) => finished)).toEqual([result(1), result(3)]);
    expect(updates.flatMap(({ failed }) => failed)).toMatchObject([{ unit: key(2) }]);
    const figures = updates.flatMap(({ results }) => results ?? []);
    expect(figures).toMatchObject([{ cells: [result(1)] }, { cells: [result(1), result(3)] }]);
    expect(updates.at(-1)).toMatchObject({ state: 'finished', progress: { done: 3 }, work: null });
  });

  it('counts the units of earlier starts among the figures', async () => {
    const { run, updates } = harness({ finished: [result(9)] });
    await run.run();
    expect(updates.flatMap(({ results }) => results ?? []).at(-1)?.cells).toHaveLength(3);
  });

  it('says that it waits while something else has the backend, and can be stopped then', async () => {
    const { run, log, updates, inTurn } = harness();
    let release = () => {};
    void inTurn(() => new Promise<void>((resolve) => (release = resolve)));
    const running = run.run();
    await expect.poll(() => updates.at(-1)?.state).toBe('waiting');
    run.stop();
    expect(updates.at(-1)?.state).toBe('stopped');
    release();
    await running;
    expect(log).toEqual(['closed']);
  });

  it('waits for nothing where no unit is missing, nor after the last', async () => {
    async function* units(missing: readonly UnitKey[]): AsyncGenerator<ComparisonEvent, void> {
      yield { type: 'planned', units: [key(1)], missing };
      for (const { seed } of missing) {
        yield { type: 'unit-finished', result: result(seed) };
        yield progress(1);
      }
    }
    const forever = () => new Promise<void>(() => undefined);
    const nothing = harness({ events: units([]) });
    void nothing.inTurn(forever);
    await nothing.run.run();
    expect(nothing.updates).toMatchObject([{ state: 'finished', finished: [] }]);
    const one = harness({ events: units([key(1)]) }, forever);
    await one.run.run();
    expect(one.updates.at(-1)).toMatchObject({ state: 'finished' });
  });

  it('stops within a unit and lets it clear up before anything else has its turn', async () => {
    const parts: Partial<ComparisonRunParts> = {
      breathe: async () => {
        if (log.includes('unit 1')) run.stop();
      },
      now: () => log.length * 1000,
    };
    const { run, log, updates } = harness(parts, somethingElse);
    await run.run();
    expect(log).toEqual(['prepare', 'unit 1', 'closed', 'something else']);
    expect(updates.at(-1)).toMatchObject({ state: 'stopped', work: null });
  });

  it('fails without waiting for a device that is gone', async () => {
    async function* stuck(): AsyncGenerator<ComparisonEvent, void> {
      yield { type: 'planned', units: [key(1)], missing: [key(1)] };
      yield { type: 'unit-started', unit: key(1) };
      await new Promise(() => undefined);
    }
    const { run, updates } = harness({ events: stuck() });
    const running = run.run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    run.fail(new Error('The graphics device was lost.'));
    await running;
    expect(updates.at(-1)).toMatchObject({
      state: 'failed',
      error: { message: 'The graphics device was lost.' },
    });
  });

  it('fails where the backend cannot be set up', async () => {
    const { run, updates } = harness({ prepare: () => Promise.reject(new Error('No WebGPU here.')) });
    await run.run();
    expect(updates.at(-1)).toMatchObject({ state: 'failed', error: { message: 'No WebGPU here.' } });
  });
});
