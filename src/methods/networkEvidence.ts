/**
 * Asks the networks of a GAN in training what only they can tell: on rows that stay the same for the whole run, with noise
 * and draws of its own, so that training is the same with it and without. Uses source labels and no target label.
 */
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { HeardEvidence, HeardShares, NetworkEvidence } from '../metrics/networkEvidence.ts';
import type { Mlp } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { predict } from './classifier.ts';
import type { CycleVariant } from './cycleVariant.ts';
import type { Synthetic, SyntheticSets } from './events.ts';
import type { GanClassifier } from './ganClassifier.ts';
import { classCondition, type GanBatch, makeFakes } from './ganStep.ts';
import type { GanTraining } from './ganTraining.ts';
import { type FrozenGenerators, toSource, toTarget } from './generate.ts';
import { gradientNorms } from './gradientNorms.ts';
import { divideRows } from './heldOut.ts';
import type { MethodContext } from './method.ts';
import { drawRows, type Sample, sampleOf } from './probes.ts';
import { sliceRows } from './rows.ts';
import type { Settings } from './settings.ts';
import { toldApart } from './toldApart.ts';

/** Rows of either corpus that discriminators are asked about, at most, and as many that they never saw. */
const ASKED_ROWS = 256;
/** Of these rows, how many go round the cycle. */
const CYCLE_ROWS = 128;
/** … and on how many gradients are taken, term by term, which is what costs most. */
const GRADIENT_ROWS = 32;
/** Deviation of the noise in the cycle, as a share of the mean deviation of the target's features. */
const CYCLE_NOISE = 0.1;

/** Whether a run of these settings asks the networks anything. */
export const asksNetworks = ({ snapshot }: Settings): boolean => snapshot.every > 0 && snapshot.networks;

/** F_s, and a classifier that the generators were never told of. */
export interface Listeners {
  readonly F: Pick<GanClassifier, 'present'>;
  readonly judge: Mlp;
}

/** Standard normal numbers, `[rows, columns]`. */
const normals = (rows: number, columns: number, seed: number, name: string): Matrix => ({
  rows,
  columns,
  values: Float32Array.from({ length: rows * columns }, randomStream(seed, name).normal),
});

/** Mean over the columns of their standard deviations. */
function meanDeviation({ rows, columns, values }: Matrix): number {
  let total = 0;
  for (let c = 0; c < columns; c++) {
    let [sum, squares] = [0, 0];
    for (let r = 0; r < rows; r++) sum += values[r * columns + c];
    for (let r = 0; r < rows; r++) squares += (values[r * columns + c] - sum / rows) ** 2;
    total += Math.sqrt(squares / rows);
  }
  return total / columns;
}

/** Of the samples of each class, the share in which it is heard; null where there are none. */
function heardShares(heard: Int8Array, asked: Int8Array): HeardShares {
  return Array.from({ length: CLASS_COUNT }, (_, k) => {
    const rows = Array.from(asked.keys()).filter((row) => asked[row] === k);
    return rows.length > 0 ? rows.filter((row) => heard[row] === k).length / rows.length : null;
  });
}

/** Rows 0 … count − 1 on the backend. */
const first = (x: Matrix, count: number) => sliceRows(x, 0, count);

/** Reads tensors computed together and gives them back. */
async function readAll<K extends string>(
  compute: () => Record<K, tf.Tensor>,
): Promise<Record<K, Float32Array>> {
  const tensors = tf.tidy(compute);
  const names = Object.keys(tensors) as K[];
  const values = await Promise.all(names.map((name) => tensors[name].data() as Promise<Float32Array>));
  tf.dispose(tensors);
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<K, Float32Array>;
}

/** Asks the networks of one training. Holds plain numbers only. */
export class NetworkObserver {
  private readonly seen: Sample;
  private readonly heldOut: Sample;
  private readonly noise: Matrix;
  private readonly deviation: number;
  private readonly batch: Readonly<{ epsilon: Matrix; zRandom: readonly number[]; noise: Matrix }>;

  /** `listeners` is null in a method without an F_s. */
  constructor(
    private readonly context: MethodContext,
    private readonly variant: CycleVariant,
    private readonly gan: GanTraining,
    private readonly listeners: Listeners | null,
  ) {
    const { data, seed } = context;
    const { seen, heldOut } = divideRows(context);
    // As many of either corpus where it has them, in an order by chance: of a few of them any class can be the first.
    const asked = Math.min(ASKED_ROWS, seen.source.length, seen.target.length);
    const draw = (rows: Int32Array, size: number, name: string) =>
      drawRows(rows, size, seed, `networks/${name}`);
    this.seen = sampleOf(data, {
      source: draw(seen.source, asked, 'source'),
      target: draw(seen.target, asked, 'target'),
    });
    this.heldOut = sampleOf(data, {
      source: draw(heldOut.source, ASKED_ROWS, 'heldOut/source'),
      target: draw(heldOut.target, ASKED_ROWS, 'heldOut/target'),
    });
    const { columns } = data.source;
    this.noise = normals(Math.min(CYCLE_ROWS, asked), columns, seed, 'networks/noise');
    this.deviation = meanDeviation(this.seen.target);
    const random = randomStream(seed, 'networks/draws');
    const rows = Math.min(GRADIENT_ROWS, asked);
    this.batch = {
      epsilon: { rows, columns: 2, values: Float32Array.from({ length: 2 * rows }, random.uniform) },
      zRandom: Array.from({ length: rows }, () => random.integer(CLASS_COUNT)),
      noise: normals(2 * rows, columns, seed, 'networks/cycleNoise'),
    };
  }

  /** What the networks say after `step` steps; `generators` and what they made of the probes are of the same step. */
  async measure(step: number, generators: FrozenGenerators, sets: SyntheticSets): Promise<NetworkEvidence> {
    const { now } = this.context;
    const started = now();
    const evidence = {
      step,
      gradients: await this.gradients(),
      discriminators: await this.discriminators(),
      cycle: await this.cycle(generators),
      heard: this.listeners && (await this.heard(this.listeners, sets)),
    };
    return { ...evidence, ms: now() - started };
  }

  private gradients(): Promise<NetworkEvidence['gradients']> {
    const { nets, options, judge } = this.gan;
    return gradientNorms(nets, () => this.fixedBatch(), options, judge, this.variant);
  }

  /** The batch of which gradients are taken; call inside a tidy. */
  private fixedBatch(): GanBatch {
    const { seen, batch } = this;
    const { rows } = batch.epsilon;
    const [epsS, epsT] = tf.split(first(batch.epsilon, rows), 2, 1) as tf.Tensor2D[];
    const deviation = this.gan.settings.cycleNoise;
    const noise = (part: number) => tf.mul<tf.Tensor2D>(sliceRows(batch.noise, part * rows, rows), deviation);
    return {
      S: first(seen.source, rows),
      T: first(seen.target, rows),
      y: classCondition(seen.classes.subarray(0, rows)),
      zRandom: classCondition(batch.zRandom),
      epsS,
      epsT,
      ...(deviation > 0 && { noise: { fakeS: noise(0), fakeT: noise(1) } }),
    };
  }

  private async discriminators(): Promise<NetworkEvidence['discriminators']> {
    const { nets, options } = this.gan;
    const said = await readAll(() => {
      const [S, T] = [this.seen.source, this.seen.target].map((x) => first(x, x.rows));
      const fakes = makeFakes(nets, { S, T, y: classCondition(this.seen.classes) }, options);
      const ask = (D: Mlp, rows: tf.Tensor2D) => D.apply(rows, { trainable: false, inputGradient: false });
      const askUnseen = (D: Mlp, x: Matrix) => (x.rows > 0 ? ask(D, first(x, x.rows)) : tf.tensor1d([]));
      return {
        S: ask(nets.D_S, S),
        fakeS: ask(nets.D_S, fakes.fakeS),
        unseenS: askUnseen(nets.D_S, this.heldOut.source),
        T: ask(nets.D_T, T),
        fakeT: ask(nets.D_T, fakes.fakeT),
        unseenT: askUnseen(nets.D_T, this.heldOut.target),
      };
    });
    return {
      S: toldApart(said.S, said.fakeS, said.unseenS),
      T: toldApart(said.T, said.fakeT, said.unseenT),
    };
  }

  private async cycle(generators: FrozenGenerators): Promise<NetworkEvidence['cycle']> {
    const { source } = this.seen;
    const { rows } = this.noise;
    const classes = this.seen.classes.subarray(0, rows);
    const { clean, noisy } = await readAll(() => {
      const S = first(source, rows);
      const B = toTarget(generators, S);
      const noise = tf.mul(first(this.noise, rows), CYCLE_NOISE * this.deviation);
      const error = (made: tf.Tensor2D) =>
        tf.sqrt(tf.mean(tf.square(tf.sub(toSource(generators, made, classes), S))));
      return { clean: error(B), noisy: error(tf.add(B, noise)) };
    });
    return { clean: clean[0], noisy: noisy[0], noise: CYCLE_NOISE * this.deviation };
  }

  private async heard({ F, judge }: Listeners, { A, C }: SyntheticSets): Promise<NetworkEvidence['heard']> {
    const of = async (made: Synthetic): Promise<HeardEvidence> => ({
      F: heardShares(await predict(F.present, made), made.classes),
      judge: heardShares(await predict(judge, made), made.classes),
    });
    return { A: await of(A), C: await of(C) };
  }
}
