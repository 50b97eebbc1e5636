/** Networks of a few weights and a batch of a few rows, for tests of single losses. */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { classCondition, type GanBatch, type GanNetworks } from './ganStep.ts';

const FEATURES = 4;
const ROWS = 5;

const network = (name: string, ...sizes: number[]) =>
  Mlp.create({ ...SHAPE_DEFAULTS, sizes, hidden: 'leakyrelu', batchNorm: false }, randomStream(1, name));

/** Random networks, G_TS without a condition, and a batch whose source and target rows differ. */
export function smallGan() {
  const nets: GanNetworks = {
    G_ST: network('G_ST', FEATURES, 6, FEATURES),
    G_TS: network('G_TS', FEATURES, 6, FEATURES),
    D_S: network('D_S', FEATURES, 6, 1),
    D_T: network('D_T', FEATURES, 6, 1),
  };
  const random = randomStream(1, 'batch');
  const rows = (columns: number) =>
    tf.tensor2d(Float32Array.from({ length: ROWS * columns }, random.normal), [ROWS, columns]);
  const classes = () => classCondition(Array.from({ length: ROWS }, () => random.integer(CLASS_COUNT)));
  const batch: GanBatch = {
    S: rows(FEATURES),
    T: rows(FEATURES),
    y: classes(),
    zRandom: classes(),
    epsS: rows(1),
    epsT: rows(1),
  };
  const F = network('F', FEATURES, 6, CLASS_COUNT);
  const dispose = () => {
    tf.dispose(Object.values(batch));
    for (const owned of [...Object.values(nets), F]) owned.dispose();
  };
  return { nets, batch, F, dispose };
}
