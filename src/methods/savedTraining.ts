/**
 * A GAN in training as it was after some step: all networks with their running statistics, all optimisers. Chance and
 * settings are not part of it. Knows no file and no criterion.
 */
import type { Saved } from '../nn/saved.ts';
import { tf } from '../nn/tf.ts';
import type { GanTraining } from './ganTraining.ts';

/** Numbers of one network or optimiser on this side of the backend. */
export interface SavedNumbers {
  readonly count: number;
  readonly tensors: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
}

/** Owns copies on the backend: call `dispose` when done. */
export class SavedTraining {
  private readonly parts: readonly Saved[];

  /** Saves `training` as it is after `step` steps. */
  constructor(
    private readonly training: GanTraining,
    readonly step: number,
  ) {
    this.parts = training.save();
  }

  /** Sets the training back, to the last bit; as often as one likes. */
  restore(): void {
    this.training.restore(this.parts);
  }

  /** Everything saved, in an order that depends on the method and its settings alone. */
  read(): Promise<readonly SavedNumbers[]> {
    const readTensor = async (tensor: tf.Tensor) => ({
      shape: tensor.shape,
      values: Float32Array.from(await tensor.data()),
    });
    const readPart = async ({ count, tensors }: Saved) => ({
      count,
      tensors: await Promise.all(tensors.map(readTensor)),
    });
    return Promise.all(this.parts.map(readPart));
  }

  dispose(): void {
    for (const { tensors } of this.parts) tf.dispose([...tensors]);
  }
}
