/**
 * Rows of both corpora that a GAN never meets, so that what it does to them can be told from what it learned by heart.
 * Knows no network.
 */
import { randomStream } from '../corpus/random.ts';
import type { GanContext } from './method.ts';

/** Rows of either corpus, ascending. */
export interface BothRows {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** Every row of both corpora once. */
export interface Division {
  readonly seen: BothRows;
  readonly heldOut: BothRows;
}

/** Draws rows to hold out: as many as wanted, as far as every class keeps one. */
function draw(classes: Int8Array, wanted: number, order: Int32Array): Set<number> {
  const left = new Map<number, number>();
  for (const k of classes) left.set(k, (left.get(k) ?? 0) + 1);
  const held = new Set<number>();
  for (const row of order) {
    const others = left.get(classes[row]) ?? 0;
    if (held.size === wanted) break;
    if (others < 2) continue;
    left.set(classes[row], others - 1);
    held.add(row);
  }
  return held;
}

/**
 * The division that the setting `heldOut` asks for: that share of either corpus, rounded down, from the streams
 * `heldOut/source` and `heldOut/target` of the seed. Of each class of the source, and of the target, one row at least
 * stays. No label of the target is known here.
 */
export function divideRows({ data, settings, seed }: GanContext): Division {
  const side = (name: 'source' | 'target', classes: Int8Array) => {
    const { rows } = data[name];
    const wanted = Math.floor(settings.gan.heldOut * rows);
    const order = wanted > 0 ? randomStream(seed, `heldOut/${name}`).permutation(rows) : new Int32Array(0);
    const held = draw(classes, wanted, order);
    const every = Int32Array.from({ length: rows }, (_, row) => row);
    return { seen: every.filter((row) => !held.has(row)), heldOut: every.filter((row) => held.has(row)) };
  };
  const source = side('source', data.sourceClasses);
  const target = side('target', new Int8Array(data.target.rows));
  return {
    seen: { source: source.seen, target: target.seen },
    heldOut: { source: source.heldOut, target: target.heldOut },
  };
}
