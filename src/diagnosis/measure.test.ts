/** Figures of constructed samples against real rows, and what the rules find in them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { PRESETS } from '../experiment/presets.ts';
import { Machine } from '../kernels/machine.ts';
import { finish } from '../projection/steps.ts';
import { measureAnchors } from './anchors.ts';
import { type Basis, prepareBasis } from './basis.ts';
import { casesOf, isHit } from './cases.testing.ts';
import { constructSamples } from './constructed.testing.ts';
import type { PairAnchors } from './evidence.ts';
import { fitClusters, modesFound } from './kmeans.ts';
import { measureSamples } from './measure.ts';
import { makeWorld } from './worlds.testing.ts';

const OPTIONS = { rows: 150, features: 12, seed: 4, heavyTails: false, separation: 1, shift: 1.2 };
const machine = Machine.create({ shared: false });
const world = makeWorld(OPTIONS);
const GOOD = { error: 0.1, progress: 1 };
let basis: Basis;
let anchors: PairAnchors;
beforeAll(() => {
  basis = finish(prepareBasis(world.data, machine));
  anchors = finish(measureAnchors(basis));
});
const measure = (...args: Parameters<typeof constructSamples>) =>
  finish(measureSamples(basis, 7, constructSamples(...args), () => 0));

describe('anchors', () => {
  it('have the figures of real rows above those of rows that were not translated', () => {
    for (const type of ['A', 'B', 'C'] as const) {
      const { ceiling, floor } = anchors[type];
      expect(ceiling.all.recall).toBeGreaterThan(0.7);
      expect(ceiling.all.variance).toBeCloseTo(1, 0.5);
      expect(floor.all.recall).toBeLessThan(0.5);
      expect(ceiling.all.nearestNeighbour).toBeLessThan(0.65);
      expect(floor.all.nearestNeighbour).toBeGreaterThan(0.85);
    }
    expect(anchors.B.floor.all).toMatchObject({ displacement: 0, atHome: 1 });
    expect(anchors.condition).toBeGreaterThan(0.3);
  });

  it('have no recall of a class of B, since no label of the target is used', () => {
    for (const own of anchors.B.ceiling.classes) expect(own).toMatchObject({ recall: null, coverage: null });
  });
});

describe('figures of samples', () => {
  it('are near those of real rows where samples are good, and the same each time', () => {
    const measured = measure(world, GOOD, null, 1);
    expect(measured).toEqual(measure(world, GOOD, null, 1));
    for (const type of ['A', 'B', 'C'] as const) {
      const [own, best] = [measured.sets[type]!.all, anchors[type].ceiling.all];
      expect(own.recall! / best.recall!).toBeGreaterThan(0.8);
      expect(own.vendi! / best.vendi!).toBeGreaterThan(0.7);
      expect(own.variance! / best.variance!).toBeGreaterThan(0.7);
    }
    expect(measured.condition! / anchors.condition!).toBeGreaterThan(0.5);
  });

  it('show samples that stay at home', () => {
    const flaw = { failure: 'no-translation', type: 'B', classIndex: null, degree: 1 } as const;
    const { all } = measure(world, GOOD, flaw, 1).sets.B!;
    expect(all.displacement).toBeLessThan(0.1);
    expect(all.atHome).toBeGreaterThan(0.8);
  });

  it('show a class that collapsed, and leave the others as they are', () => {
    const flaw = { failure: 'mode-collapse', type: 'B', classIndex: 0, degree: 1 } as const;
    const [low, mid] = measure(world, GOOD, flaw, 1).sets.B!.classes;
    expect(low!.vendi! / anchors.B.ceiling.classes[0]!.vendi!).toBeLessThan(0.4);
    expect(mid!.vendi! / anchors.B.ceiling.classes[1]!.vendi!).toBeGreaterThan(0.7);
  });

  it('are null where rows are too few, or not finite', () => {
    const few = makeWorld({ ...OPTIONS, rows: 14 });
    const tiny = finish(prepareBasis(few.data, null));
    const samples = constructSamples(few, GOOD, null, 1);
    const { sets } = finish(measureSamples(tiny, 1, samples, () => 0));
    expect(sets.B).toMatchObject({ all: { recall: null }, classes: [null, null, null] });
    expect(finish(measureAnchors(tiny)).A.ceiling.all.recall).toBeNull();

    const broken = constructSamples(world, GOOD, null, 1);
    broken.B.values[3] = Number.NaN;
    const measured = finish(measureSamples(basis, 1, broken, () => 0));
    expect(measured.sets.B!.all.recall).toBeNull();
    expect(measured.sets.A!.all.recall).not.toBeNull();
  });

  it('leave corpora alone that have no spread', () => {
    const flat = {
      ...world.data,
      source: { ...world.data.source, values: world.data.source.values.map(() => 0.5) },
    };
    const still = finish(prepareBasis(flat, null));
    const { sets } = finish(measureSamples(still, 1, constructSamples(world, GOOD, null, 1), () => 0));
    expect(sets.A!.all).toMatchObject({ vendi: null, variance: null });
  });
});

describe('modes', () => {
  const random = randomStream(1, 'modes');
  const blob = (centre: number, rows: number) =>
    Array.from({ length: 2 * rows }, () => centre + random.normal());
  const points = (...values: number[][]) => {
    const all = Float32Array.from(values.flat());
    return { rows: all.length / 2, columns: 2, values: all };
  };

  it('are found where samples lie in every cluster, and missed where one is left out', () => {
    const clusters = fitClusters(points(blob(0, 40), blob(30, 40), blob(60, 40)), randomStream(2, 'modes'))!;
    expect(modesFound(clusters, points(blob(0, 40), blob(30, 40), blob(60, 40)))).toBeGreaterThan(0.85);
    expect(modesFound(clusters, points(blob(0, 60), blob(30, 60)))).toBeLessThan(0.75);
  });

  it('count by their rows, so that few rows split into small clusters show what is missing too', () => {
    const three = [blob(0, 13), blob(30, 11), blob(60, 6)];
    for (let seed = 0; seed < 8; seed++) {
      const clusters = fitClusters(points(...three), randomStream(seed, 'modes'))!;
      expect(modesFound(clusters, points(blob(30, 15), blob(60, 15)))).toBeCloseTo(17 / 30, 1);
      expect(modesFound(clusters, points(blob(0, 15), blob(30, 15)))).toBeCloseTo(24 / 30, 1);
    }
  });

  it('are not looked for in a few rows', () => {
    expect(fitClusters(points(blob(0, 10)), randomStream(2, 'modes'))).toBeNull();
  });
});

describe('rules on constructed samples', () => {
  it('find every failure and nothing in healthy runs, on a pair that no limit was chosen on', () => {
    const cases = [...casesOf({ ...OPTIONS, rows: 120, seed: 55 }, PRESETS.quick.settings, machine)];
    const missed = cases.filter((one) => one.expected && !isHit(one));
    const alarms = cases.filter(({ expected, found }) => !expected && found.length > 0);
    expect(cases.length).toBeGreaterThan(30);
    expect(missed.map(({ expected }) => expected)).toEqual([]);
    expect(alarms.map(({ found }) => found)).toEqual([]);
  });
});
