/** Parts of both corpora on which a GAN is looked at: drawn once a run, the same from the same seed. Knows no network. */
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { BothRows } from './heldOut.ts';
import type { GanContext } from './method.ts';
import { pickRows, rowSet } from './rows.ts';

/** Rows of both corpora with what stands in them, and the classes of those of the source. */
export interface Sample {
  readonly source: Matrix;
  readonly target: Matrix;
  readonly classes: Int8Array;
  readonly rows: BothRows;
}

/** The given rows of both corpora. */
export const sampleOf = ({ source, sourceClasses, target }: GanContext['data'], rows: BothRows): Sample => ({
  rows,
  classes: Int8Array.from(rows.source, (row) => sourceClasses[row]),
  source: pickRows(rowSet(source), rows.source),
  target: pickRows(rowSet(target), rows.target),
});

/** At most `size` of `rows`, in an order by chance, from the stream `name` of the seed. */
export const drawRows = (rows: Int32Array, size: number, seed: number, name: string): Int32Array =>
  randomStream(seed, name)
    .permutation(rows.length)
    .slice(0, size)
    .map((i) => rows[i]);

/** At most `size` rows of either corpus, ascending, from the streams `<name>/source` and `<name>/target` of the seed. */
export function drawSample({ data, seed }: GanContext, size: number, name: string): Sample {
  const draw = (side: 'source' | 'target') => {
    const every = Int32Array.from({ length: data[side].rows }, (_, row) => row);
    return drawRows(every, size, seed, `${name}/${side}`).sort();
  };
  return sampleOf(data, { source: draw('source'), target: draw('target') });
}
