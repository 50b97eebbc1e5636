/**
 * Samples that are as they should be, or wrong in a known way and to a known degree. For tests and for
 * `npm run bench -- diagnosis`.
 */
import { CLASS_COUNT, CLASSES } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import type { Synthetic, SyntheticSets } from '../methods/events.ts';
import type { SampleType } from './evidence.ts';
import type { Failure } from './finding.ts';
import { matrixOf, rowOf, type World } from './worlds.testing.ts';

/** A failure that the samples show. */
export type SampleFailure = Extract<
  Failure,
  | 'divergence'
  | 'mode-collapse'
  | 'mode-dropped'
  | 'shrinkage'
  | 'no-translation'
  | 'z-ignored'
  | 'z-dominates'
>;

/** What is wrong, with which type, with which class of it (null: with all), and how much: 0 is just so, 1 very. */
export interface Flaw {
  readonly failure: SampleFailure;
  readonly type: SampleType;
  readonly classIndex: number | null;
  readonly degree: number;
}

/** How good healthy samples are: their error in deviations of a feature, and how much of the way is done. */
export interface Skill {
  readonly error: number;
  readonly progress: number;
}

type Row = Float64Array;
const blend = (from: Row, to: Row, share: number): Row => from.map((v, c) => v + share * (to[c] - v));

/** Rows as a good generator makes them, with what it was told and what it was made from. */
interface Made {
  readonly rows: Row[];
  readonly classes: number[];
  readonly origin: number[];
}

const probesOf = (world: World, rows: number, side: string): number[] =>
  Array.from(
    randomStream(world.options.seed, `probes/${side}`).permutation(rows).subarray(0, world.data.rows),
  ).sort((a, b) => a - b);

/** Good samples: A are the source rows again, B the true translations, C the way back under another class. */
function goodSamples(world: World, { progress }: Skill): Record<SampleType, Made> {
  const { data, targetClasses, means, toTarget, toSource } = world;
  const A: Made = { rows: [], classes: [], origin: [] };
  const B: Made = { rows: [], classes: [], origin: [] };
  const C: Made = { rows: [], classes: [], origin: [] };
  for (const row of probesOf(world, data.source.rows, 'source')) {
    const x = rowOf(data.source, row);
    for (const made of [A, B]) {
      made.rows.push(made === A ? x : blend(x, toTarget(x), progress));
      made.classes.push(data.sourceClasses[row]);
      made.origin.push(row);
    }
  }
  const targets = probesOf(world, data.target.rows, 'target');
  for (const z of CLASSES.keys()) {
    for (const row of targets) {
      const t = rowOf(data.target, row);
      const back = toSource(t);
      const told = back.map((v, c) => v - means[targetClasses[row]][c] + means[z][c]);
      C.rows.push(blend(t, told, progress));
      C.classes.push(z);
      C.origin.push(row);
    }
  }
  return { A, B, C };
}

/** Each row becomes the nearest of few of them, of its own class, with a little of its own left. */
function collapse({ rows, classes }: Made, which: readonly number[], degree: number, random: Random): void {
  const prototypes = new Map<number, Row[]>();
  const count = 1 + random.integer(3);
  for (const i of which) {
    const own = prototypes.get(classes[i]) ?? [];
    if (own.length < count) own.push(rows[i]);
    prototypes.set(classes[i], own);
  }
  const kept = 0.2 * (1 - degree);
  for (const i of which) {
    const own = prototypes.get(classes[i])!;
    rows[i] = blend(own[random.integer(own.length)], rows[i], kept);
  }
}

/** Each row is drawn towards the mean of its class. */
function shrink({ rows, classes }: Made, which: readonly number[], degree: number): void {
  const factor = 0.7 - 0.3 * degree;
  const means = CLASSES.map((_, k) => {
    const own = which.filter((i) => classes[i] === k).map((i) => rows[i]);
    return own.length > 0
      ? own[0].map((_, c) => own.reduce((sum, row) => sum + row[c], 0) / own.length)
      : null;
  });
  for (const i of which) rows[i] = blend(means[classes[i]]!, rows[i], factor);
}

/** Rows lie five to fifty times as far from their middle, and that somewhere else. */
function explode({ rows }: Made, random: Random, degree: number): void {
  const factor = 5 * 10 ** degree;
  const [first] = rows;
  const middle = first.map((_, c) => rows.reduce((sum, row) => sum + row[c], 0) / rows.length);
  const away = first.map(() => random.normal() * factor);
  rows.forEach((row, i) => {
    rows[i] = row.map((v, c) => middle[c] + away[c] + factor * (v - middle[c]));
  });
}

/** Rows of one mode, a class of the corpus that is imitated, come out as rows of the others. */
function drop(made: Made, world: World, type: SampleType, random: Random): void {
  const lost = random.integer(CLASS_COUNT);
  const place = (k: number) => (type === 'B' ? world.toTarget(world.means[k]) : world.means[k]);
  made.rows.forEach((row, i) => {
    if (made.classes[i] !== lost) return;
    const other = (lost + 1 + random.integer(CLASS_COUNT - 1)) % CLASS_COUNT;
    made.rows[i] = row.map((v, c) => v - place(lost)[c] + place(other)[c]);
  });
}

/** Rows stay where they came from, but for a little. */
function stay({ rows, origin }: Made, world: World, type: SampleType, degree: number): void {
  const from = type === 'C' ? world.data.target : world.data.source;
  const moved = 0.05 * (1 - degree);
  origin.forEach((row, i) => {
    rows[i] = blend(rowOf(from, row), rows[i], moved);
  });
}

/** What C(t, z) has of z: nothing of it, or of t nothing. */
function mindOnly({ rows, classes, origin }: Made, what: 'row' | 'class', degree: number): void {
  const key = (i: number) => (what === 'row' ? origin[i] : classes[i]);
  const first = new Map<number, Row>();
  rows.forEach((row, i) => {
    if (!first.has(key(i))) first.set(key(i), row);
  });
  const kept = 0.1 * (1 - degree);
  rows.forEach((row, i) => {
    rows[i] = blend(first.get(key(i))!, row, kept);
  });
}

/** Spoils the samples of a type. */
function spoil(made: Made, flaw: Flaw, world: World, random: Random): void {
  const { failure, type, classIndex, degree } = flaw;
  const which = [...made.rows.keys()].filter((i) => classIndex === null || made.classes[i] === classIndex);
  const spoilers: Record<SampleFailure, () => void> = {
    'mode-collapse': () => collapse(made, which, degree, random),
    divergence: () => explode(made, random, degree),
    shrinkage: () => shrink(made, which, degree),
    'mode-dropped': () => drop(made, world, type, random),
    'no-translation': () => stay(made, world, type, degree),
    'z-ignored': () => mindOnly(made, 'row', degree),
    'z-dominates': () => mindOnly(made, 'class', degree),
  };
  spoilers[failure]();
}

/** How much of the usual error is left where a generator repeats itself, or its input. */
const EXACT: Readonly<Partial<Record<SampleFailure, number>>> = {
  'mode-collapse': 0.2,
  'no-translation': 0.3,
};

/**
 * The samples of one moment, healthy where `flaw` is null. `moment` names their chance: what is spoiled stays the same
 * from moment to moment, errors do not.
 */
export function constructSamples(
  world: World,
  skill: Skill,
  flaw: Flaw | null,
  moment: number,
): SyntheticSets {
  const { seed, features } = world.options;
  const made = goodSamples(world, skill);
  if (flaw) spoil(made[flaw.type], flaw, world, randomStream(seed, `flaw/${flaw.failure}/${flaw.type}`));
  const errors = randomStream(seed, `errors/${moment}`);
  const spread = skill.error * world.deviation * (flaw ? (EXACT[flaw.failure] ?? 1) : 1);
  const finish = ({ rows, classes, origin }: Made): Synthetic => ({
    ...matrixOf(
      rows.map((row) => row.map((v) => v + spread * errors.normal())),
      features,
    ),
    classes: Int8Array.from(classes),
    origin: Int32Array.from(origin),
  });
  return { A: finish(made.A), B: finish(made.B), C: finish(made.C) };
}
