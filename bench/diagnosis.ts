/**
 * How well findings tell what is wrong: constructed samples of every failure and healthy ones, of pairs of several sizes,
 * dimensions, degrees and shapes. Limits of rules were chosen on seeds below 300; these are others.
 */
import { type Case, casesOf, isHit } from '../src/diagnosis/cases.testing.ts';
import { FAILURES, type Failure } from '../src/diagnosis/finding.ts';
import type { WorldOptions } from '../src/diagnosis/worlds.testing.ts';
import { PRESETS } from '../src/experiment/presets.ts';
import { Machine } from '../src/kernels/machine.ts';
import type { Options, Table } from './harness.ts';

const ROWS = [60, 150, 500, 1000];
const FEATURES = [8, 24, 88, 384];
/** Rows from which on classes are large enough to be judged well. */
const LARGER = 150;
const FIRST_SEED = 401;
const SEEDS = 4;

/** Failures that come with another: finding them there is no confusion. */
const RELATED: Readonly<Partial<Record<Failure, readonly Failure[]>>> = {
  'mode-collapse': ['z-dominates', 'mode-dropped', 'shrinkage'],
  shrinkage: ['mode-collapse', 'mode-dropped', 'z-dominates'],
  'mode-dropped': ['mode-collapse', 'shrinkage', 'z-dominates', 'z-ignored'],
  'z-dominates': ['mode-collapse'],
  'z-ignored': ['no-translation'],
  'no-translation': ['d-blind'],
  'd-blind': ['no-translation'],
};

/** The pairs of corpora of a seed, one of each size; over four seeds each size meets each dimension, and shapes take turns. */
function worldsOf(seed: number): WorldOptions[] {
  return ROWS.map((rows, i) => {
    const turn = seed + 3 * i;
    const features = FEATURES[(i + seed) % FEATURES.length];
    const shift = turn % 3 === 0 ? 0.5 : 1.2;
    const separation = [0.5, 1, 1.8][(seed + i) % 3];
    return { rows, features, seed, heavyTails: turn % 2 === 0, separation, shift };
  });
}

/** How often a failure was told: of cases that have it, of healthy ones, and of those with an unrelated one. */
interface Rates {
  readonly failure: Failure;
  readonly cases: number;
  readonly recall: number;
  /** Of pairs whose classes have rows enough, from 150 a corpus on. */
  readonly recallOfLarger: number;
  readonly falseAlarms: number;
  readonly confusion: number;
}

const share = (cases: readonly Case[], holds: (one: Case) => boolean): number =>
  cases.length === 0 ? 0 : cases.filter(holds).length / cases.length;

/** Rates of every failure. */
function ratesOf(cases: readonly Case[]): Rates[] {
  const healthy = cases.filter(({ expected }) => expected === null);
  return FAILURES.map((failure) => {
    const tells = ({ found }: Case) => found.some((finding) => finding.failure === failure);
    const own = cases.filter(({ expected }) => expected?.failure === failure);
    const others = cases.filter(
      ({ expected }) =>
        expected !== null && expected.failure !== failure && !RELATED[failure]?.includes(expected.failure),
    );
    return {
      failure,
      cases: own.length,
      recall: share(own, isHit),
      recallOfLarger: share(
        own.filter(({ world }) => world.rows >= LARGER),
        isHit,
      ),
      falseAlarms: share(healthy, tells),
      confusion: share(others, tells),
    };
  });
}

/** `diagnosis`: recall and false alarms of every rule; `--repeats` is the number of seeds. */
export async function diagnosis({ repeats }: Options): Promise<Table> {
  const machine = Machine.create({ shared: false });
  const { settings } = PRESETS.quick;
  const seeds = Array.from({ length: repeats ?? SEEDS }, (_, i) => FIRST_SEED + i);
  const cases = seeds.flatMap((seed) =>
    worldsOf(seed).flatMap((world) => [...casesOf(world, settings, machine)]),
  );
  const healthy = cases.filter(({ expected }) => expected === null);
  const quiet = share(healthy, ({ found }) => found.length === 0);
  return {
    bench: 'diagnosis',
    columns: ['failure', 'cases', 'recall', `from ${LARGER} rows`, 'false alarms', 'in others'],
    rows: ratesOf(cases).map((rates) => [
      rates.failure,
      rates.cases,
      ...[rates.recall, rates.recallOfLarger, rates.falseAlarms, rates.confusion].map((rate) =>
        rate.toFixed(3),
      ),
    ]),
    notes: [
      `Of ${healthy.length} healthy cases, ${(100 * quiet).toFixed(1)} % were told nothing at all.`,
      `Pairs of ${ROWS.join(', ')} rows and ${FEATURES.join(', ')} features, seeds ${seeds.join(', ')}; limits were chosen on seeds below 300.`,
      '"In others": told where another failure, unrelated, was constructed.',
    ],
  };
}
