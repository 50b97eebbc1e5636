/** Synthetic samples from trained generators, of the types that they can make (paper, 2.2.3). Knows no training. */
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import type { Mlp } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import type { Synthetic, SyntheticSets } from './events.ts';
import { classCondition } from './ganStep.ts';
import { sliceRows } from './rows.ts';

/** Rows generated at once. */
const GENERATION_BATCH = 1024;

/** The generators as they are used for generating: batch norm folded. */
export interface FrozenGenerators {
  readonly G_ST: Mlp;
  readonly G_TS: Mlp;
  /** Whether G_TS takes the condition Z. */
  readonly conditioned: boolean;
}

/** Gives the generators' memory back. */
export function disposeGenerators({ G_ST, G_TS }: FrozenGenerators): void {
  G_ST.dispose();
  G_TS.dispose();
}

const INFERENCE = { trainable: false, inputGradient: false } as const;

/** G_TS(x, Z = classes) `[rows, features]`; where G_TS takes no condition, G_TS(x). */
export function toSource(
  { G_TS, conditioned }: FrozenGenerators,
  x: tf.Tensor2D,
  classes: ArrayLike<number>,
): tf.Tensor2D {
  const told = conditioned && { condition: classCondition(Array.from(classes)) };
  return G_TS.apply(x, { ...INFERENCE, ...told });
}

/** G_ST(x) `[rows, features]`. */
export function toTarget({ G_ST }: FrozenGenerators, x: tf.Tensor2D): tf.Tensor2D {
  return G_ST.apply(x, INFERENCE);
}

/** Maps rows in chunks and reads them back. */
async function mapRows(
  x: Matrix,
  map: (chunk: tf.Tensor2D, start: number) => tf.Tensor2D,
): Promise<Float32Array> {
  const { rows, columns } = x;
  const values = new Float32Array(rows * columns);
  for (let start = 0; start < rows; start += GENERATION_BATCH) {
    const size = Math.min(GENERATION_BATCH, rows - start);
    const chunk = tf.tidy(() => map(sliceRows(x, start, size), start));
    values.set(await chunk.data(), start * columns);
    chunk.dispose();
  }
  return values;
}

/** Type C: G_TS(T, Z) for each of the three classes in turn; `rows` names the rows that the given ones are. */
async function underEveryClass(
  generators: FrozenGenerators,
  target: Matrix,
  rows: Int32Array,
): Promise<Synthetic> {
  const { columns } = target;
  const count = rows.length;
  const values = new Float32Array(count * CLASS_COUNT * columns);
  for (let z = 0; z < CLASS_COUNT; z++) {
    const ofClass = await mapRows(target, (x) => toSource(generators, x, new Int8Array(x.shape[0]).fill(z)));
    values.set(ofClass, z * count * columns);
  }
  return {
    rows: count * CLASS_COUNT,
    columns,
    values,
    classes: Int8Array.from({ length: count * CLASS_COUNT }, (_, i) => Math.floor(i / count)),
    origin: Int32Array.from({ length: count * CLASS_COUNT }, (_, i) => rows[i % count]),
  };
}

/** A type that is not made. */
const noRows = (columns: number): Synthetic => ({
  rows: 0,
  columns,
  values: new Float32Array(0),
  classes: new Int8Array(0),
  origin: new Int32Array(0),
});

/**
 * Every type from source rows with their classes and target rows: A = G_TS(G_ST(S), y), B = G_ST(S), C = G_TS(T, Z) for
 * each of the three classes in turn. Without a condition no class can be given to what comes from the target, and C has
 * no rows. `rows` names the rows of the corpora that the given rows are.
 */
export async function generate(
  generators: FrozenGenerators,
  source: Matrix,
  classes: Int8Array,
  target: Matrix,
  rows: { readonly source: Int32Array; readonly target: Int32Array },
): Promise<SyntheticSets> {
  const { columns } = source;
  const ofSource = async (map: Parameters<typeof mapRows>[1]): Promise<Synthetic> => ({
    rows: classes.length,
    columns,
    values: await mapRows(source, map),
    classes: classes.slice(),
    origin: rows.source.slice(),
  });
  const B = await ofSource((x) => toTarget(generators, x));
  const A = await ofSource((x, start) =>
    toSource(generators, toTarget(generators, x), classes.subarray(start, start + x.shape[0])),
  );
  const C = generators.conditioned ? await underEveryClass(generators, target, rows.target) : noRows(columns);
  return { A, B, C };
}
