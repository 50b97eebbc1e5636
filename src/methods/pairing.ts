/**
 * Which rows a GAN meets and in what order: endless batches of randomly paired rows of both corpora, and how many of them
 * make the two GAN phases. Knows no network.
 */
import { upsample } from '../corpus/balance.ts';
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import { tf } from '../nn/tf.ts';
import { balancedRows } from './classifier.ts';
import { classCondition, type GanBatch } from './ganStep.ts';
import { type BothRows, divideRows } from './heldOut.ts';
import type { GanContext, PairedData } from './method.ts';
import { gatherRows, type RowSet, rowSet } from './rows.ts';
import { RowStream, stepsPerEpoch } from './training.ts';

/** The class of every source row, -1 for those that are not to be met. */
function classesMet({ sourceClasses }: PairedData, rows: Int32Array): Int8Array {
  const classes = new Int8Array(sourceClasses.length).fill(-1);
  for (const row of rows) classes[row] = sourceClasses[row];
  return classes;
}

/** Steps of the two GAN phases for data of this size, held-out rows not counted. */
export function ganPlan(context: GanContext) {
  const { data, settings } = context;
  const { seen } = divideRows(context);
  const rows = Math.max(balancedRows(classesMet(data, seen.source)), seen.target.length);
  const perEpoch = stepsPerEpoch(rows, settings.gan.batch);
  const capped = (epochs: number, steps: number) =>
    steps > 0 ? Math.min(steps, epochs * perEpoch) : epochs * perEpoch;
  return {
    perEpoch,
    identity: capped(settings.identityPretraining.epochs, settings.identityPretraining.steps),
    gan: capped(settings.gan.epochs, settings.gan.steps),
  };
}

/** Batches of randomly paired rows; the shorter corpus cycles. */
export class Pairing {
  private readonly source: RowSet;
  private readonly target: RowSet;
  private readonly sourceRows: RowStream;
  private readonly targetRows: RowStream;
  private readonly random: Random;

  /** `seen` are the rows to pair, classes of the source balanced by up-sampling; `seed` and `name` fix the order. */
  constructor(
    private readonly data: PairedData,
    seen: BothRows,
    private readonly batch: number,
    seed: number,
    name: string,
  ) {
    this.source = rowSet(data.source);
    this.target = rowSet(data.target);
    const balanced = upsample(classesMet(data, seen.source), randomStream(seed, 'balance'));
    this.sourceRows = new RowStream(balanced, randomStream(seed, `${name}/source`));
    this.targetRows = new RowStream(seen.target, randomStream(seed, `${name}/target`));
    this.random = randomStream(seed, `${name}/draws`);
  }

  /** The next batch; call inside a tidy. */
  next(): GanBatch {
    const { batch, random } = this;
    const rows = this.sourceRows.next(batch);
    const uniform = () => tf.tensor2d(Float32Array.from({ length: batch }, random.uniform), [batch, 1]);
    return {
      S: gatherRows(this.source, rows),
      T: gatherRows(this.target, this.targetRows.next(batch)),
      y: classCondition(Array.from(rows, (row) => this.data.sourceClasses[row])),
      zRandom: classCondition(Array.from({ length: batch }, () => random.integer(CLASS_COUNT))),
      epsS: uniform(),
      epsT: uniform(),
    };
  }
}
