import { describe, expect, it } from 'vitest';
import type { Corpus } from '../src/corpus/corpus.ts';
import { randomStream } from '../src/corpus/random.ts';
import type { Synthetic, SyntheticSets } from '../src/experiment/events.ts';
import { Machine } from '../src/kernels/machine.ts';
import { createProjection } from './projectionService.ts';
import type { FrameUpdate } from './protocol.ts';

const random = randomStream(2, 'rows');

function corpus(name: string, rows: number, features: readonly string[]): Corpus {
  return {
    name,
    rows,
    features,
    values: Float32Array.from({ length: rows * features.length }, () => random.normal()),
    utterances: Array.from({ length: rows }, (_, r) => `${name} ${r}`),
    speakers: null,
    emotions: null,
    labels: {},
    simulated: true,
  };
}

function synthetic(rows: number, columns: number): Synthetic {
  const values = Float32Array.from({ length: rows * columns }, () => random.uniform());
  return { rows, columns, values, classes: new Int8Array(rows), origin: new Int32Array(rows) };
}

const setsOf = (columns: number): SyntheticSets => ({
  A: synthetic(5, columns),
  B: synthetic(4, columns),
  C: synthetic(12, columns),
});

const scaling = { scaler: 'minmax-per-corpus', clipPercentile: 0 } as const;
const source = corpus('source', 60, ['a', 'b', 'c', 'only-here']);
const target = corpus('target', 90, ['c', 'a', 'b']);
/** Enough rows that their map takes more than one slice of work. */
const many = corpus('many', 1500, ['a', 'b', 'c']);
const ignore = () => {};

describe.each([
  ['in plain code', () => null],
  ['on the kernels', () => Machine.create({ shared: false })],
])('the projection service %s', (_, machine) => {
  it('fits the shared features, then places rows of every type', async () => {
    const service = createProjection(machine());
    const frames: FrameUpdate[] = [];
    const stages: string[] = [];
    const onFrame = (frame: FrameUpdate) => void frames.push(frame);
    const fitted = await service.fit(
      source,
      target,
      scaling,
      1,
      onFrame,
      (_, stage) => void stages.push(stage),
    );
    expect(fitted).toEqual({ ok: true, value: null });
    expect(frames.map((f) => f.kind)).toEqual(['pca', 'umap']);
    expect(frames[1].source).toHaveLength(120);
    expect(frames[1].targetRows).toHaveLength(90);
    expect(stages.at(-1)).toBe('Done');

    const placed = await service.place(setsOf(3));
    if (!placed.ok) throw new Error(placed.error.message);
    for (const kind of ['pca', 'umap'] as const) {
      expect(placed.value[kind]!.A.coordinates).toHaveLength(10);
      expect(placed.value[kind]!.C.offData).toHaveLength(12);
    }
  });

  it('places types that have no rows as nothing', async () => {
    const service = createProjection(machine());
    await service.fit(source, target, scaling, 1, ignore, ignore);
    const placed = await service.place({ ...setsOf(3), C: synthetic(0, 3) });
    if (!placed.ok) throw new Error(placed.error.message);
    for (const kind of ['pca', 'umap'] as const) {
      expect(placed.value[kind]!.B.coordinates).toHaveLength(8);
      expect(placed.value[kind]!.C.coordinates).toHaveLength(0);
    }
  });

  it('places nothing before there is a frame', async () => {
    expect(await createProjection(machine()).place(setsOf(3))).toEqual({
      ok: true,
      value: { pca: null, umap: null },
    });
  });

  it('places on PCA alone while UMAP is still computed', async () => {
    const service = createProjection(machine());
    let early: ReturnType<typeof service.place> | null = null;
    await service.fit(
      source,
      target,
      scaling,
      1,
      (frame) => {
        if (frame.kind === 'pca') early = service.place(setsOf(3));
      },
      ignore,
    );
    const placed = await early!;
    expect(placed).toMatchObject({ ok: true, value: { umap: null, pca: { B: {} } } });
  });

  it('shows all rows of a large corpus, once those beyond the frame are placed', async () => {
    const service = createProjection(machine());
    const frames: FrameUpdate[] = [];
    const stages = new Set<string>();
    const large = corpus('large', 3400, ['a', 'b']);
    const fitted = await service.fit(
      large,
      target,
      scaling,
      1,
      (frame) => void frames.push(frame),
      (_, stage) => void stages.add(stage),
    );
    expect(fitted).toEqual({ ok: true, value: null });
    expect(frames.map(({ kind, sourceRows }) => [kind, sourceRows.length])).toEqual([
      ['pca', 3000],
      ['umap', 3000],
      ['pca', 3400],
      ['umap', 3400],
    ]);
    expect(frames[3].sourceRows).toEqual(Int32Array.from({ length: 3400 }, (_, row) => row));
    // Those that were there have not moved.
    const { sourceRows, source: before } = frames[1];
    sourceRows.forEach((row, n) => {
      expect(frames[3].source[2 * row]).toBe(before[2 * n]);
    });
    expect(frames[3].source.every(Number.isFinite)).toBe(true);
  });

  it.each([1, 2, 5, 20])(
    'neither fails nor hangs on corpora of %i rows, equal ones, and one column',
    async (n) => {
      const service = createProjection(machine());
      const equal = { ...corpus('equal', n, ['a', 'b']), values: new Float32Array(2 * n).fill(3) };
      for (const [s, t] of [
        [corpus('s', n, ['a']), corpus('t', n, ['a'])],
        [equal, equal],
        [corpus('s', n, ['a', 'b', 'c']), corpus('t', 1, ['a', 'b', 'c'])],
      ]) {
        const frames: FrameUpdate[] = [];
        const fitted = await service.fit(s, t, scaling, 1, (frame) => void frames.push(frame), ignore);
        expect(fitted).toEqual({ ok: true, value: null });
        expect(frames.map(({ kind }) => kind)).toEqual(['pca', 'umap']);
        for (const frame of frames) expect(frame.source.every(Number.isFinite)).toBe(true);
        const placed = await service.place(setsOf(s.features.length));
        if (!placed.ok) throw new Error(placed.error.message);
        for (const { coordinates, offData } of Object.values(placed.value.umap!)) {
          expect([...coordinates, ...offData].every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it('lets the newest fit win and tells the older one', async () => {
    const service = createProjection(machine());
    const old: FrameUpdate[] = [];
    const first = service.fit(many, target, scaling, 1, (frame) => void old.push(frame), ignore);
    const second = service.fit(source, target, scaling, 2, ignore, ignore);
    expect(await first).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(await second).toMatchObject({ ok: true });
    expect(old.map((f) => f.kind)).not.toContain('umap');
  });

  it('stops when cancelled', async () => {
    const service = createProjection(machine());
    const fitting = service.fit(many, target, scaling, 1, ignore, ignore);
    service.cancel();
    expect(await fitting).toMatchObject({ ok: false, error: { name: 'AbortError' } });
  });

  it('gives the kernels’ memory back, done or cancelled', async () => {
    const kernels = machine();
    const service = createProjection(kernels);
    const free = kernels?.allocate(64);
    if (kernels && free !== undefined) kernels.release(free);
    const isFree = () => {
      const place = kernels?.allocate(64);
      if (kernels && place !== undefined) kernels.release(place);
      return place === free;
    };
    await service.fit(source, target, scaling, 1, ignore, ignore);
    await service.place(setsOf(3));
    expect(isFree()).toBe(true);
    const fitting = service.fit(many, target, scaling, 1, ignore, ignore);
    await new Promise((resolve) => setTimeout(resolve));
    service.cancel();
    expect(await fitting).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(isFree()).toBe(true);
  });

  it('answers with the reason where corpora share nothing, or rows have other features', async () => {
    const service = createProjection(machine());
    const stranger = corpus('stranger', 5, ['x', 'y']);
    expect(await service.fit(source, stranger, scaling, 1, ignore, ignore)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('share no feature') },
    });
    await service.fit(source, target, scaling, 1, ignore, ignore);
    expect(await service.place(setsOf(7))).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/fitted on 3 features; these rows have 7/) },
    });
  });
});
