/** Adam (Kingma and Ba, 2015) in jax-js, for trees of weights of any form. Arguments are owned, as in jaxStep.ts. */
import { type JsTree, numpy as np, tree } from '@jax-js/jax';
import type { AdamRates } from '../tasks.ts';

/** Weights with Adam's two averages. */
export type Trained<T> = { weights: T; average: T; squares: T };

type OnLeaves = (...leaves: np.Array[]) => np.Array;

/** A function of single arrays on trees of one form. */
const onTrees = <T extends JsTree<np.Array>>(f: OnLeaves, first: T, ...rest: T[]) =>
  tree.map(f, first, ...rest) as T;

export function untrained<T extends JsTree<np.Array>>(weights: T): Trained<T> {
  const zeros = () =>
    onTrees((w) => {
      const zero = np.zeros(w.shape);
      w.dispose();
      return zero;
    }, tree.ref(weights));
  return { weights, average: zeros(), squares: zeros() };
}

/** Rate and epsilon of a step, counted from 1, bias corrections folded in. */
export function ratesOf(step: number, { learningRate, beta1, beta2 }: AdamRates): np.Array {
  const root = Math.sqrt(1 - beta2 ** step);
  return np.array([(learningRate * root) / (1 - beta1 ** step), 1e-8 * root]);
}

/** One update; `rates` is that of `ratesOf`. */
export function update<T extends JsTree<np.Array>>(
  { weights, average, squares }: Trained<T>,
  gradient: T,
  rates: np.Array,
  { beta1, beta2 }: Pick<AdamRates, 'beta1' | 'beta2'>,
): Trained<T> {
  const a = onTrees((old, g) => old.mul(beta1).add(g.mul(1 - beta1)), average, tree.ref(gradient));
  const s = onTrees((old, g) => old.mul(beta2).add(np.square(g).mul(1 - beta2)), squares, gradient);
  const [rate, epsilon] = np.split(rates, 2);
  const moved = onTrees(
    (w, m, v) => w.sub(m.mul(rate.ref).div(np.sqrt(v).add(epsilon.ref))),
    weights,
    tree.ref(a),
    tree.ref(s),
  );
  tree.dispose([rate, epsilon]);
  return { weights: moved, average: a, squares: s };
}
