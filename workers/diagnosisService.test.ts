/** Pairs and moments in the diagnosis worker: what is answered, in which order, and what ends what. */
import { describe, expect, it } from 'vitest';
import { demoCorpora } from '../src/corpus/demo.ts';
import type { Synthetic } from '../src/experiment/events.ts';
import { PRESETS } from '../src/experiment/presets.ts';
import { createDiagnosis } from './diagnosisService.ts';
import type { DiagnosisBasis } from './protocol.ts';

const { source, target } = demoCorpora({ seed: 1, sourceRows: 60, targetRows: 50, features: 12 });
const basis: DiagnosisBasis = {
  source,
  target,
  task: 'activation',
  data: PRESETS.quick.settings.data,
  rows: 50,
};

/** The first rows of the source, unscaled, as samples. */
const samples = (rows: number): Synthetic => ({
  rows,
  columns: source.features.length,
  values: source.values.slice(0, rows * source.features.length),
  classes: Int8Array.from({ length: rows }, (_, i) => i % 3),
  origin: Int32Array.from({ length: rows }, (_, i) => i % 50),
});
const sets = { A: samples(50), B: samples(50), C: samples(0) };

describe('the diagnosis worker', () => {
  it('measures every moment that it is asked for, in order, once the pair is prepared', async () => {
    const service = createDiagnosis();
    const shares: number[] = [];
    const anchors = service.begin(basis, (share) => shares.push(share));
    const order: number[] = [];
    const moments = [1, 2, 3].map(async (step) => {
      const measured = await service.measure(step, sets);
      order.push(step);
      return measured.ok ? measured.value.step : null;
    });
    expect((await anchors).ok).toBe(true);
    expect(await Promise.all(moments)).toEqual([1, 2, 3]);
    expect(order).toEqual([1, 2, 3]);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('leaves out a type without samples', async () => {
    const service = createDiagnosis();
    await service.begin(basis, () => undefined);
    const measured = await service.measure(1, sets);
    expect(measured.ok && Object.keys(measured.value.sets)).toEqual(['A', 'B']);
    expect(measured.ok && measured.value.condition).toBeNull();
  });

  it('ends what belongs to an older pair', async () => {
    const service = createDiagnosis();
    const older = service.begin(basis, () => undefined);
    const moment = service.measure(1, sets);
    const newer = service.begin(basis, () => undefined);
    expect(await older).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(await moment).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect((await newer).ok).toBe(true);
  });

  it('says that there are no corpora', async () => {
    const service = createDiagnosis();
    const message = { ok: false, error: { message: expect.stringContaining('load a pair first') } };
    expect(await service.measure(1, sets)).toMatchObject(message);
    expect(await service.fidelity('A', sets)).toMatchObject(message);
  });
});
