/**
 * A linear support vector machine, one class against the rest: what a neural recogniser has to beat. Dual coordinate
 * descent in float64, so that results are the same on every backend. Knows no tensor, no speaker and no scale.
 *
 * C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan: A dual coordinate descent method for
 * large-scale linear SVM, ICML 2008. This is its algorithm 3 with the squared hinge loss, as in LIBLINEAR (there:
 * solver 1, its default), whose bias, class weights and stopping rule are taken too.
 */
import { classCounts, type Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';

export interface SvmOptions {
  /** C: what a squared margin error costs against the squared norm of the weights. */
  readonly cost: number;
  /** Distance of the largest from the smallest projected gradient at which the search ends. */
  readonly tolerance: number;
}

/** The cost of the reference figures in `docs/method.md`; LIBLINEAR's tolerance. */
const DEFAULTS: SvmOptions = { cost: 0.01, tolerance: 0.1 };

/** Passes over the rows after which the search ends whatever the tolerance. */
const MOST_PASSES = 1000;

/** A hyperplane for each class, `[columns + 1]`, the bias last; null for a class that no row had. */
export type LinearSvm = readonly (Float64Array | null)[];

/** w · x of the row that begins at `start`, and the bias. Four sums, so that additions need not wait for each other. */
function margin(w: Float64Array, values: Float32Array, start: number): number {
  const columns = w.length - 1;
  let a = w[columns];
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 4 <= columns; i += 4) {
    a += w[i] * values[start + i];
    b += w[i + 1] * values[start + i + 1];
    c += w[i + 2] * values[start + i + 2];
    d += w[i + 3] * values[start + i + 3];
  }
  for (; i < columns; i++) a += w[i] * values[start + i];
  return a + b + (c + d);
}

/** w += factor · x, and the bias with it. */
function move(w: Float64Array, values: Float32Array, start: number, factor: number): void {
  const columns = w.length - 1;
  for (let i = 0; i < columns; i++) w[i] += factor * values[start + i];
  w[columns] += factor;
}

/** ‖x‖² of every row, with the 1 that the bias is the weight of. */
function squaredNorms({ rows, columns, values }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 1;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += values[i] * values[i];
    return sum;
  });
}

/** The rows of a dual problem in changing order, those still searched first. */
class Shuffled {
  private readonly order: Int32Array;
  private readonly random = randomStream(0, 'svm/order');
  active: number;

  constructor(rows: number) {
    this.order = Int32Array.from({ length: rows }, (_, row) => row);
    this.active = rows;
  }

  /** Puts a row drawn from the active ones that are left into place `at`; returns it. */
  draw(at: number): number {
    this.swap(at, at + this.random.integer(this.active - at));
    return this.order[at];
  }

  /** Takes the row in place `at` out of those searched; the last of them comes into its place. */
  shelve(at: number): void {
    this.swap(at, --this.active);
  }

  /** Searches all rows again; true where none was missing. */
  restore(): boolean {
    const complete = this.active === this.order.length;
    this.active = this.order.length;
    return complete;
  }

  private swap(a: number, b: number): void {
    const { order } = this;
    [order[a], order[b]] = [order[b], order[a]];
  }
}

/**
 * The hyperplane between rows of sign 1 and of sign −1: minimises ½‖w‖² + Σ costs_i · max(0, 1 − sign_i w·x_i)² with
 * the bias as the weight of a constant 1. `signs` and `costs` have an entry a row of `x` `[rows, columns]`.
 */
function separate(
  x: Matrix,
  norms: Float64Array,
  signs: Int8Array,
  costs: Float64Array,
  tolerance: number,
): Float64Array {
  const { rows, columns, values } = x;
  const w = new Float64Array(columns + 1);
  const alpha = new Float64Array(rows);
  const search = new Shuffled(rows);
  // A row at rest whose gradient exceeds the largest of the last pass is likely to stay at rest.
  let likelyAtRest = Infinity;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let largest = -Infinity;
    let smallest = Infinity;
    for (let at = 0; at < search.active; at++) {
      const row = search.draw(at);
      const diagonal = 0.5 / costs[row];
      const gradient = signs[row] * margin(w, values, row * columns) - 1 + diagonal * alpha[row];
      if (alpha[row] === 0 && gradient > likelyAtRest) {
        search.shelve(at--);
        continue;
      }
      // α cannot fall below 0, so there a positive gradient asks for nothing.
      const projected = alpha[row] === 0 ? Math.min(0, gradient) : gradient;
      largest = Math.max(largest, projected);
      smallest = Math.min(smallest, projected);
      if (projected === 0) continue;
      const before = alpha[row];
      alpha[row] = Math.max(0, before - gradient / (norms[row] + diagonal));
      move(w, values, row * columns, signs[row] * (alpha[row] - before));
    }
    likelyAtRest = largest > 0 ? largest : Infinity;
    if (largest - smallest > tolerance) continue;
    // Good enough for the rows still searched; it is the end only if it is for all.
    if (search.restore()) break;
    likelyAtRest = Infinity;
  }
  return w;
}

/**
 * Trains an SVM on `x` `[rows, columns]`, `classes` with a class a row, one class a time: yields after each.
 * The rows of a class weigh rows / (classes present · rows of that class) where they stand against the rest, and 1 in
 * the rest, which is what LIBLINEAR makes of balanced class weights. The same rows give the same hyperplanes, to the last bit.
 */
export function* trainSvm(
  x: Matrix,
  classes: Int8Array,
  { cost, tolerance }: SvmOptions = DEFAULTS,
): Generator<undefined, LinearSvm> {
  const norms = squaredNorms(x);
  const planes: (Float64Array | null)[] = [];
  const counts = classCounts(classes);
  const present = counts.filter((count) => count > 0).length;
  for (const [k, count] of counts.entries()) {
    if (count === 0) {
      planes.push(null);
      continue;
    }
    const weight = x.rows / (present * count);
    const signs = classes.map((own) => (own === k ? 1 : -1));
    const costs = Float64Array.from(classes, (own) => cost * (own === k ? weight : 1));
    planes.push(separate(x, norms, signs, costs, tolerance));
    yield;
  }
  return planes;
}

/** The class of the hyperplane that each row of `x` `[rows, columns]` is farthest in front of. */
export function classify(svm: LinearSvm, { rows, columns, values }: Matrix): Int8Array {
  return Int8Array.from({ length: rows }, (_, row) => {
    const margins = svm.map((plane) => (plane ? margin(plane, values, row * columns) : -Infinity));
    return margins.indexOf(Math.max(...margins));
  });
}
