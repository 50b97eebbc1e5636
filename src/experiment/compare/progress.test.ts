import { expect, it } from 'vitest';
import { NO_STEPS } from '../plan.ts';
import { METHOD_NAMES } from './config.ts';
import { type PhaseCosts, ProgressMeter } from './progress.ts';
import { testUnit } from './units.testing.ts';

const costs = {
  ...Object.fromEntries(METHOD_NAMES.map((method) => [method, NO_STEPS])),
  'source-only': { ...NO_STEPS, recognisers: 10 },
  ccemogan: { ...NO_STEPS, classifier: 10, gan: 80, recognisers: 10 },
} as PhaseCosts;
const missing = [
  { method: 'source-only', seed: 1 },
  { method: 'ccemogan', seed: 1 },
  { method: 'ccemogan', seed: 2 },
] as const;
const meter = (finished: ReturnType<typeof testUnit>[] = []) =>
  new ProgressMeter({ costs, units: missing.length + finished.length, missing, finished, backend: 'wasm' });
const step = (phase: 'gan' | 'recognisers', done: number) =>
  ({ type: 'step', phase, step: done, steps: 100, epoch: 0, epochs: 0 }) as const;

it('knows nothing at first, then goes by what methods cost beside what was measured', () => {
  const clock = meter();
  expect(clock.progress()).toMatchObject({ done: 0, units: 3, remainingSeconds: null });
  clock.begin();
  clock.note(1, step('recognisers', 50));
  // Half of a cost of 10 took a second: the other half, and two of 100.
  expect(clock.progress()).toMatchObject({ unitShare: 0.5, elapsedSeconds: 1, remainingSeconds: 1 + 40 });
  clock.note(1, null);
  expect(clock.end(true)).toBe(2);
  expect(clock.progress()).toMatchObject({ done: 1, unitShare: 0, remainingSeconds: 40 });
});

it('believes a method’s own time before its cost, and phases over that were cut short', () => {
  const clock = meter([testUnit('ccemogan', 9, [], { seconds: 30 })]);
  clock.begin();
  clock.note(2, step('recognisers', 100));
  clock.end(true);
  expect(clock.progress()).toMatchObject({ done: 2, units: 4, remainingSeconds: 60 });
  clock.begin();
  clock.note(5, step('gan', 10));
  expect(clock.progress().unitShare).toBeCloseTo(0.18, 9);
  clock.note(0, { type: 'phase', phase: 'recognisers', steps: 1 });
  expect(clock.progress().unitShare).toBeCloseTo(0.9, 9);
  expect(clock.progress().remainingSeconds).toBeCloseTo(30 + 3, 9);
});

it('takes no time from another backend or from a unit that diverged', () => {
  const others = [
    testUnit('ccemogan', 8, [], { seconds: 1, backend: 'cpu' }),
    testUnit('ccemogan', 9, [], { seconds: 1, diverged: 'NaN' }),
  ];
  expect(meter(others).progress()).toMatchObject({ done: 2, remainingSeconds: null });
});
