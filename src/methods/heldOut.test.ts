import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { selectBackend } from '../nn/backend.ts';
import { CYCLE_VARIANTS } from './cycleVariant.ts';
import { divideRows } from './heldOut.ts';
import { untrainedGan } from './measure.ts';
import type { GanContext } from './method.ts';
import { ganPlan } from './pairing.ts';
import { SettingsSchema } from './settings.ts';

const contextOf = (heldOut: number, seed = 1): GanContext => {
  const config = tinyConfig({ gan: { heldOut } });
  return { data: tinyPrepared(config).data, settings: config.settings, seed };
};

/** Losses of a few steps of the GAN. */
function trained(context: GanContext, steps = 8): Float32Array[] {
  const { training, dispose } = untrainedGan(context, CYCLE_VARIANTS.ccemogan);
  const losses = Array.from({ length: steps }, () => {
    const step = training.step();
    const values = step.dataSync().slice() as Float32Array;
    step.dispose();
    return values;
  });
  dispose();
  return losses;
}

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

describe('rows held out', () => {
  it('are that share of either corpus, by chance, each row once', () => {
    const { seen, heldOut } = divideRows(contextOf(0.25));
    expect([heldOut.source.length, heldOut.target.length]).toEqual([15, 12]);
    expect([...seen.source, ...heldOut.source].sort((a, b) => a - b)).toEqual([...Array(60).keys()]);
    expect([...seen.target, ...heldOut.target].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(divideRows(contextOf(0.25)).heldOut).toEqual(heldOut);
    expect(divideRows(contextOf(0.25, 2)).heldOut).not.toEqual(heldOut);
  });

  it('leave every class of the source a row, and the target one', () => {
    const context = contextOf(0.5);
    const sourceClasses = new Int8Array(60).fill(0);
    sourceClasses[17] = 1;
    sourceClasses.set([2, 2], 30);
    const { seen } = divideRows({ ...context, data: { ...context.data, sourceClasses } });
    expect(seen.source).toContain(17);
    expect(seen.source.filter((row) => sourceClasses[row] === 2).length).toBeGreaterThan(0);
    const target = { ...context.data.target, rows: 1 };
    expect([...divideRows({ ...context, data: { ...context.data, target } }).seen.target]).toEqual([0]);
  });

  it('never reach the GAN: whatever stands in them, it trains the same', () => {
    const context = contextOf(0.25);
    const before = trained(context);
    const { heldOut } = divideRows(context);
    for (const side of ['source', 'target'] as const) {
      const { columns, values } = context.data[side];
      for (const row of heldOut[side]) values.fill(Number.NaN, row * columns, (row + 1) * columns);
    }
    expect(trained(context)).toEqual(before);
    expect(before.flatMap((values) => [...values]).every(Number.isFinite)).toBe(true);
    expect(ganPlan(context).perEpoch).toBeLessThanOrEqual(ganPlan(contextOf(0)).perEpoch);
  });

  it('are none where the setting is 0 or was not known yet', () => {
    const context = contextOf(0);
    const every = [...Array(60).keys()];
    expect([...divideRows(context).seen.source]).toEqual(every);
    const { heldOut: _, cycleNoise: __, learners: ___, ...gan } = context.settings.gan;
    const settings = v.parse(SettingsSchema, { ...context.settings, gan });
    expect(trained({ ...context, settings })).toEqual(trained(context));
    expect(trained(contextOf(0.25))).not.toEqual(trained(context));
  });
});
