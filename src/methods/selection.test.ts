import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import type { SyntheticSets } from './events.ts';
import type { MethodContext } from './method.ts';
import { confidentClasses, selectionSteps, selectTypeC } from './selection.ts';

describe('classes that judges are sure of', () => {
  const heard = Float32Array.from([
    ...[0.9, 0.05, 0.05],
    ...[0.6, 0.2, 0.2],
    ...[0.1, 0.8, 0.1],
    ...[0.7, 0.1, 0.2],
    ...[0.2, 0.5, 0.3],
  ]);

  it('are those heard best, the given share of each class', () => {
    expect([...confidentClasses(heard, 1)]).toEqual([0, 0, 1, 0, 1]);
    expect([...confidentClasses(heard, 0.5)]).toEqual([0, -1, 1, 0, -1]);
  });

  it('are one at least of every class that is heard', () => {
    expect([...confidentClasses(heard, 0.01)]).toEqual([0, -1, 1, -1, -1]);
  });

  it('prefer the earlier row where two are heard alike', () => {
    const alike = Float32Array.from([0.2, 0.2, 0.6, 0.2, 0.2, 0.6]);
    expect([...confidentClasses(alike, 0.5)]).toEqual([2, -1]);
  });
});

describe('the choice among samples of type C', () => {
  beforeAll(() => selectBackend('wasm'));
  afterAll(() => selectBackend('cpu'));

  /** Samples as a generator would make them that changes nothing: what is chosen can be read off the rows. */
  function copies({ data }: MethodContext): SyntheticSets {
    const { source, sourceClasses, target } = data;
    const count = target.rows;
    const own = {
      ...source,
      classes: sourceClasses.slice(),
      origin: Int32Array.from({ length: source.rows }, (_, i) => i),
    };
    const C = {
      rows: 3 * count,
      columns: target.columns,
      values: Float32Array.from(
        { length: 3 * target.values.length },
        (_, i) => target.values[i % target.values.length],
      ),
      classes: Int8Array.from({ length: 3 * count }, (_, i) => Math.floor(i / count)),
      origin: Int32Array.from({ length: 3 * count }, (_, i) => i % count),
    };
    return { A: own, B: own, C };
  }

  async function choose(judges: number, share: number) {
    const config = tinyConfig({ selection: { judges, share } });
    const { data } = tinyPrepared(config);
    const context: MethodContext = { ...config, data, now: () => 0 };
    const made = copies(context);
    const choice = selectTypeC(context, made, 2);
    let steps = 0;
    for (;;) {
      const { done, value } = await choice.next();
      if (done) return { made, context, steps, chosen: value };
      if (value.type === 'step') steps++;
    }
  }

  it('keeps at most one sample of a target row, unchanged, and types A and B as they are', async () => {
    const { made, context, chosen, steps } = await choose(2, 0.5);
    expect(chosen.A).toBe(made.A);
    expect(chosen.B).toBe(made.B);
    expect(new Set(chosen.C.origin).size).toBe(chosen.C.rows);
    expect(chosen.C.rows).toBeGreaterThan(20);
    expect(chosen.C.rows).toBeLessThan(30);
    expect(chosen.C.classes).toHaveLength(chosen.C.rows);
    const { columns, values } = context.data.target;
    chosen.C.origin.forEach((row, i) => {
      expect(chosen.C.values.subarray(i * columns, (i + 1) * columns)).toEqual(
        values.subarray(row * columns, (row + 1) * columns),
      );
    });
    expect(steps).toBe(selectionSteps(context.data.sourceClasses, context.settings, 2));
  });

  it('keeps all where there are no judges', async () => {
    const { made, chosen, steps } = await choose(0, 0.5);
    expect(chosen).toBe(made);
    expect(steps).toBe(0);
  });

  it('repeats itself and gives every tensor back', async () => {
    const before = memoryUse().tensors;
    const [first, second] = [await choose(2, 0.5), await choose(2, 0.5)];
    expect(second.chosen.C).toEqual(first.chosen.C);
    expect(memoryUse().tensors).toBe(before);
  });
});
