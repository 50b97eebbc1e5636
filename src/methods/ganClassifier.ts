/**
 * The emotion classifier F_s beside the GAN: held as it was pre-trained, or learning along. Either way the generators
 * see it as it would recognise, batch norm folded with its running statistics: one and the same function of real and of
 * translated rows. With a batch's own statistics it would normalise away the very shift it is to notice. Knows no
 * generator.
 */
import type { Mlp } from '../nn/mlp.ts';
import type { Saveable } from '../nn/saved.ts';
import { tf } from '../nn/tf.ts';
import type { ClassifierTraining, LabelledBatch } from './classifier.ts';
import type { Settings } from './settings.ts';

/** What an F_s that learns along learns from: source rows with their translations, or the translations alone. */
type LearnsFrom = Settings['cyemogan']['learnsFrom'];

/** Owns the classifier: call `dispose` when done. */
export class GanClassifier {
  private constructor(
    private folded: Mlp,
    private readonly training: ClassifierTraining | null,
    private readonly learnsFrom: LearnsFrom,
  ) {}

  /**
   * F_s from its pre-training, which it takes over: `frozen` as it is, for good, or `joint`, learning on with the
   * optimiser it was pre-trained with, from what `learnsFrom` says.
   */
  static from(training: ClassifierTraining, kind: 'frozen' | 'joint', learnsFrom: LearnsFrom): GanClassifier {
    const classifier = new GanClassifier(training.frozen(), kind === 'joint' ? training : null, learnsFrom);
    if (kind === 'frozen') training.dispose();
    return classifier;
  }

  /** F_s at present, for inference; valid until it learns. */
  get present(): Mlp {
    return this.folded;
  }

  /** A copy of F_s at present, which the caller disposes; null where it never changes. */
  copy(): Mlp | null {
    return this.training?.frozen() ?? null;
  }

  /**
   * Where F_s learns along, one Adam step on the mean of ce(F(S), y) and ce(F(G_ST(S)), y), or on the latter alone, the
   * translated rows constant; returns that loss, null where F_s is frozen. Source and translated rows, `[batch, features]`
   * both, are then one batch: batch norm sees in training the mixture that its running statistics will be of. Call
   * inside a tidy.
   */
  learn({ x, y }: LabelledBatch, translated: tf.Tensor2D): tf.Scalar | null {
    if (!this.training) return null;
    const loss = this.training.learn(this.lesson({ x, y }, translated));
    this.refresh();
    return loss;
  }

  /** The loss that `learn` would step down, without learning anything; null where F_s is frozen. Call inside a tidy. */
  hear({ x, y }: LabelledBatch, translated: tf.Tensor2D): tf.Scalar | null {
    return this.training?.loss(this.lesson({ x, y }, translated)) ?? null;
  }

  private lesson({ x, y }: LabelledBatch, translated: tf.Tensor2D): LabelledBatch {
    if (this.learnsFrom === 'translated') return { x: translated, y };
    return { x: tf.concat2d([x, translated], 0), y: tf.concat2d([y, y], 0) };
  }

  /** All that changes as it learns along; nothing where it is frozen. */
  parts(): readonly Saveable[] {
    return this.training?.parts() ?? [];
  }

  /** Makes the copy for inference anew, after what it is a copy of has changed. */
  refresh(): void {
    if (!this.training) return;
    this.folded.dispose();
    this.folded = this.training.frozen();
  }

  dispose(): void {
    this.folded.dispose();
    this.training?.dispose();
  }
}
