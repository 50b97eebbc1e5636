import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Progress, RunController } from './controller.ts';
import type { RunEvent } from './events.ts';

const PLAN = { classifier: 2, identity: 0, selection: 0, adaptation: 0, gan: 6, recognisers: 4 };
const COSTS = { classifier: 1, identity: 1, selection: 0, adaptation: 0, gan: 4, recognisers: 1 };

/** A run whose steps take `ms` of a clock of its own. */
function setUp(options: { steps?: number; failAt?: number } = {}) {
  const clock = { time: 0 };
  const closed = { value: false };
  async function* events(): AsyncGenerator<RunEvent> {
    try {
      yield { type: 'phase', phase: 'gan', steps: options.steps ?? 6 };
      for (let step = 1; step <= (options.steps ?? 6); step++) {
        if (step === options.failAt) throw new TypeError('broken');
        clock.time += 50;
        yield {
          type: 'losses',
          phase: 'gan',
          terms: ['cycle'],
          steps: [step],
          values: new Float32Array([step]),
        };
        yield { type: 'step', phase: 'gan', step, steps: options.steps ?? 6, epoch: 1, epochs: 1 };
      }
    } finally {
      closed.value = true;
    }
  }
  const updates: Progress[] = [];
  const controller = new RunController({
    events: events(),
    plan: PLAN,
    costs: COSTS,
    now: () => clock.time,
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
    onProgress: (progress) => updates.push(progress),
  });
  const steps = () => updates.flatMap(({ events }) => events.filter(({ type }) => type === 'step')).length;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  return { controller, updates, steps, settle, closed, clock };
}

describe('a run under control', () => {
  it('delivers every event once, in bundles, and ends as finished', async () => {
    const { controller, updates, steps, closed } = setUp({ steps: 40 });
    await controller.run();
    expect(steps()).toBe(40);
    // 40 steps of 50 ms are two seconds: at most ten updates a second.
    expect(updates.length).toBeLessThanOrEqual(22);
    expect(updates.at(-1)?.state).toBe('finished');
    expect(closed.value).toBe(true);
  });

  it('pauses, steps once at a time with its losses, resumes', async () => {
    const { controller, updates, steps, settle } = setUp();
    controller.pause();
    const ended = controller.run();
    await settle();
    expect(steps()).toBe(0);
    controller.step();
    await settle();
    expect(steps()).toBe(1);
    expect(updates.flatMap(({ events }) => events).some(({ type }) => type === 'losses')).toBe(true);
    expect(updates.at(-1)?.state).toBe('paused');
    controller.step();
    await settle();
    expect(steps()).toBe(2);
    controller.resume();
    await ended;
    expect(steps()).toBe(6);
    expect(updates.at(-1)?.state).toBe('finished');
  });

  it('stops, also while paused, and closes the generator', async () => {
    const { controller, updates, settle, closed } = setUp();
    controller.pause();
    const ended = controller.run();
    controller.step();
    await settle();
    controller.stop();
    await ended;
    expect(updates.at(-1)?.state).toBe('stopped');
    expect(closed.value).toBe(true);
    controller.resume();
    controller.step();
    expect(updates.at(-1)?.state).toBe('stopped');
  });

  it('ends as failed with the error that training threw', async () => {
    const { controller, updates } = setUp({ failAt: 3 });
    await controller.run();
    expect(updates.at(-1)).toMatchObject({
      state: 'failed',
      error: { name: 'TypeError', message: 'broken' },
    });
    expect(updates.filter(({ state }) => state === 'failed')).toHaveLength(1);
  });

  it('fails from outside while paused, once', async () => {
    const { controller, updates, settle } = setUp();
    controller.pause();
    const ended = controller.run();
    await settle();
    controller.fail(new Error('device lost'));
    await ended;
    expect(updates.filter(({ state }) => state === 'failed')).toHaveLength(1);
  });

  /** A run whose first step never ends, as on a lost device. */
  function setUpStuck() {
    let breakOff: (error: Error) => void = () => {};
    async function* stuck(): AsyncGenerator<RunEvent> {
      yield { type: 'phase', phase: 'gan', steps: 1 };
      await new Promise((_, reject) => {
        breakOff = reject;
      });
    }
    const updates: Progress[] = [];
    const controller = new RunController({
      events: stuck(),
      plan: PLAN,
      costs: COSTS,
      now: () => 0,
      breathe: async () => {},
      onProgress: (progress) => updates.push(progress),
    });
    const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
    return { controller, updates, settle, breakOff: (error: Error) => breakOff(error) };
  }

  it('fails from outside although its present step never ends', async () => {
    const { controller, updates, settle } = setUpStuck();
    const ended = controller.run();
    await settle();
    controller.fail(new Error('device lost'));
    await ended;
    expect(updates.map(({ state }) => state)).toEqual(['failed']);
  });

  it('ends as stopped where the device is lost after the stop', async () => {
    const { controller, updates, settle } = setUpStuck();
    const ended = controller.run();
    await settle();
    controller.stop();
    controller.fail(new Error('device lost'));
    await ended;
    expect(updates.map(({ state }) => state)).toEqual(['stopped']);
  });

  it('ends as stopped where the last step throws', async () => {
    const { controller, updates, settle, breakOff } = setUpStuck();
    const ended = controller.run();
    await settle();
    controller.stop();
    breakOff(new Error('too late'));
    await ended;
    expect(updates.map(({ state }) => state)).toEqual(['stopped']);
  });

  it('forgets steps asked for ahead once it goes on', async () => {
    const { controller, updates, steps, settle } = setUp({ steps: 1000 });
    controller.pause();
    const ended = controller.run();
    for (let i = 0; i < 500; i++) controller.step();
    controller.resume();
    controller.pause();
    await settle();
    const paused = steps();
    await settle();
    expect(steps()).toBe(paused);
    expect(paused).toBeLessThan(10);
    controller.stop();
    await ended;
    expect(updates.at(-1)?.state).toBe('stopped');
  });

  it('counts computing time only, and says what is left', async () => {
    const { controller, updates, settle, clock } = setUp();
    controller.pause();
    const ended = controller.run();
    controller.step();
    await settle();
    clock.time += 10_000;
    const paused = updates.at(-1) as Progress;
    expect(paused.elapsedMs).toBe(50);
    expect(paused.msPerStep).toBe(50);
    // Five GAN steps at 50 ms; four recogniser steps, a quarter of the cost each.
    expect(paused.remainingMs).toBe(5 * 50 + 4 * 12.5);
    controller.resume();
    await ended;
    expect(updates.at(-1)?.elapsedMs).toBe(300);
  });

  it('says how much is left where steps were added while it trains', async () => {
    async function* events(): AsyncGenerator<RunEvent> {
      const told = { type: 'step', phase: 'gan', epoch: 1, epochs: 1 } as const;
      yield { type: 'phase', phase: 'gan', steps: 2 };
      clock += 10;
      yield { ...told, step: 1, steps: 2 };
      clock += 10;
      yield { ...told, step: 2, steps: 12 };
      clock += 100;
      yield { type: 'note', phase: 'gan', message: 'ten more' };
    }
    let clock = 0;
    const updates: Progress[] = [];
    const controller = new RunController({
      events: events(),
      plan: { ...PLAN, recognisers: 0 },
      costs: COSTS,
      now: () => clock,
      breathe: async () => {},
      onProgress: (progress) => updates.push(progress),
    });
    await controller.run();
    expect(updates[0].remainingMs).toBe(100);
  });
});

describe('slow motion', () => {
  /** A run of four steps of F_s and four of the GAN, of 20 ms each. */
  function setUpSlow() {
    async function* events(): AsyncGenerator<RunEvent> {
      for (const phase of ['classifier', 'gan'] as const) {
        yield { type: 'phase', phase, steps: 4 };
        for (let step = 1; step <= 4; step++) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          yield { type: 'note', phase, message: 'on the way' };
          yield { type: 'step', phase, step, steps: 4, epoch: 1, epochs: 1 };
        }
      }
    }
    const updates: Progress[] = [];
    const controller = new RunController({
      events: events(),
      plan: PLAN,
      costs: COSTS,
      now: () => Date.now(),
      breathe: async () => {},
      onProgress: (progress) => updates.push(progress),
    });
    const ganSteps = () =>
      updates.flatMap(({ events }) =>
        events.filter((event) => event.type === 'step' && event.phase === 'gan'),
      ).length;
    return { controller, updates, ganSteps };
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes so long for every step of the GAN and shows each, hurrying through what leads up to it', async () => {
    const { controller, updates, ganSteps } = setUpSlow();
    controller.pace(500);
    const ended = controller.run();
    await vi.advanceTimersByTimeAsync(100);
    expect(ganSteps()).toBe(1);
    expect(updates.at(-1)?.remainingMs).toBeGreaterThanOrEqual(3 * 500);
    await vi.advanceTimersByTimeAsync(499);
    expect(ganSteps()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ganSteps()).toBe(2);
    await vi.advanceTimersByTimeAsync(1500);
    await ended;
    expect(ganSteps()).toBe(4);
    expect(updates.at(-1)).toMatchObject({ state: 'finished', elapsedMs: 160 });
  });

  it('obeys at once while it waits: another pace, a pause, a single step, a stop', async () => {
    const { controller, updates, ganSteps } = setUpSlow();
    controller.pace(60_000);
    const ended = controller.run();
    await vi.advanceTimersByTimeAsync(110);
    controller.pace(200);
    await vi.advanceTimersByTimeAsync(190);
    expect(ganSteps()).toBe(2);
    controller.pause();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ganSteps()).toBe(2);
    controller.step();
    await vi.advanceTimersByTimeAsync(20);
    expect(ganSteps()).toBe(3);
    controller.pace(60_000);
    controller.resume();
    await vi.advanceTimersByTimeAsync(1000);
    controller.stop();
    await ended;
    expect(ganSteps()).toBe(3);
    expect(updates.at(-1)?.state).toBe('stopped');
  });
});

describe('training that diverges', () => {
  it.each(['running', 'stepping'])('waits for a decision, tells of it, and goes on: %s', async (how) => {
    async function* events(): AsyncGenerator<RunEvent> {
      yield { type: 'phase', phase: 'gan', steps: 2 };
      yield { type: 'diverged', step: 1, term: 'cycle', value: Number.NaN, restored: 0 };
      yield { type: 'step', phase: 'gan', step: 1, steps: 2, epoch: 1, epochs: 1 };
    }
    const updates: Progress[] = [];
    const controller = new RunController({
      events: events(),
      plan: PLAN,
      costs: COSTS,
      now: () => 0,
      breathe: async () => {},
      onProgress: (progress) => updates.push(progress),
    });
    if (how === 'stepping') controller.step();
    const ended = controller.run();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(updates.at(-1)).toMatchObject({ state: 'paused' });
    expect(updates.flatMap(({ events }) => events).at(-1)).toMatchObject({ type: 'diverged' });
    controller.resume();
    await ended;
    expect(updates.at(-1)?.state).toBe('finished');
  });
});
