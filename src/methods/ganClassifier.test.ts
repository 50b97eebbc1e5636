import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import type { Mlp } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { ClassifierTraining } from './classifier.ts';
import { GanClassifier } from './ganClassifier.ts';
import { classCondition } from './ganStep.ts';
import { rowSet, sliceRows } from './rows.ts';

const config = tinyConfig({ classifier: { batchNorm: true, learningRate: 0.01 } });
const { data } = tinyPrepared(config);
const ROWS = 20;

/** F_s after a few steps of pre-training. */
function pretrained(): ClassifierTraining {
  const set = { x: rowSet(data.source), classes: data.sourceClasses };
  const training = new ClassifierTraining(set, config.settings.classifier, 1, 'test');
  for (let i = 0; i < 5; i++) training.step().dispose();
  return training;
}

const logits = (F: Mlp) =>
  tf.tidy(() => [
    ...F.apply(sliceRows(data.source, 0, ROWS), { trainable: false, inputGradient: false }).dataSync(),
  ]);

/** One step on source rows, and on the same rows as if they had been translated; the loss, NaN where there is none. */
function learn(classifier: GanClassifier): number {
  return tf.tidy(() => {
    const x = sliceRows(data.source, 0, ROWS);
    const y = classCondition(data.sourceClasses.subarray(0, ROWS));
    return classifier.learn({ x, y }, tf.add(x, 0.1))?.dataSync()[0] ?? Number.NaN;
  });
}

describe.each([true, false])('F beside the GAN, batch norm %s', (batchNorm) => {
  beforeAll(() => {
    config.settings.classifier.batchNorm = batchNorm;
    return selectBackend('wasm');
  });
  afterAll(() => selectBackend('cpu'));

  it('stays as it is where it is frozen', () => {
    const classifier = GanClassifier.from(pretrained(), 'frozen', 'both');
    const before = logits(classifier.present);
    expect(learn(classifier)).toBeNaN();
    expect(logits(classifier.present)).toEqual(before);
    expect(classifier.copy()).toBeNull();
    classifier.dispose();
  });

  it.each(['both', 'translated'] as const)(
    'learns along from %s, and a copy of it stays behind',
    (learnsFrom) => {
      const tensors = memoryUse().tensors;
      const classifier = GanClassifier.from(pretrained(), 'joint', learnsFrom);
      const copy = classifier.copy() as Mlp;
      const before = logits(copy);
      const losses = Array.from({ length: 60 }, () => learn(classifier));
      expect(losses[59]).toBeLessThan(0.5 * losses[0]);
      expect(logits(copy)).toEqual(before);
      expect(logits(classifier.present)).not.toEqual(before);
      copy.dispose();
      classifier.dispose();
      expect(memoryUse().tensors).toBe(tensors);
    },
  );
  it('learns as pre-training would from the rows that it is to learn from', () => {
    const [x, translated] = [0, ROWS].map((start) => sliceRows(data.source, start, ROWS));
    const y = classCondition(data.sourceClasses.subarray(0, ROWS));
    const expected = {
      both: { x: tf.concat2d([x, translated], 0), y: tf.concat2d([y, y], 0) },
      translated: { x: translated, y },
    };
    for (const learnsFrom of ['both', 'translated'] as const) {
      const classifier = GanClassifier.from(pretrained(), 'joint', learnsFrom);
      const training = pretrained();
      const [loss, ofTraining] = tf.tidy(() => [
        classifier.learn({ x, y }, translated)?.dataSync()[0],
        training.learn(expected[learnsFrom]).dataSync()[0],
      ]);
      expect(loss).toBe(ofTraining);
      const frozen = training.frozen();
      expect(logits(classifier.present)).toEqual(logits(frozen));
      for (const owned of [frozen, training, classifier]) owned.dispose();
    }
    tf.dispose([x, translated, y, expected]);
  });
});
