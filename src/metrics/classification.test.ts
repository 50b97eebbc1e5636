import { describe, expect, it } from 'vitest';
import { confusionMatrix, macroF1, meanAndSd, predictionShares, uar } from './classification.ts';

describe('classification scores', () => {
  it('counts [truth][prediction] and skips rows without a label', () => {
    const truth = Int8Array.from([0, 0, 1, -1, 2]);
    const prediction = Int8Array.from([0, 2, 1, 1, 0]);
    expect(confusionMatrix(truth, prediction)).toEqual([
      [1, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(() => confusionMatrix(truth, prediction.slice(1))).toThrow(/5 true classes, but 4/);
  });

  it('averages recall over the classes present in the truth', () => {
    const confusion = confusionMatrix([0, 0, 0, 0, 2, 2], [0, 0, 0, 1, 2, 1]);
    expect(uar(confusion)).toBeCloseTo((0.75 + 0.5) / 2, 12);
    // F1 counts class 1 too, which was predicted though never true.
    expect(macroF1(confusion)).toBeCloseTo((6 / 7 + 0 + 2 / 3) / 3, 12);
  });

  it('says that it cannot score where nothing is labelled', () => {
    const confusion = confusionMatrix([-1, -1], [0, 1]);
    expect(() => uar(confusion)).toThrow(/no row has a label/);
    expect(() => macroF1(confusion)).toThrow(/no row has a label/);
  });

  it('gives the share of each predicted class', () => {
    expect(predictionShares([0, 2, 2, 2])).toEqual([0.25, 0, 0.75]);
    expect(predictionShares([])).toEqual([0, 0, 0]);
  });
});

describe('meanAndSd', () => {
  it('uses n − 1', () => {
    expect(meanAndSd([1, 2, 3, 4])).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) });
  });
  it('has no spread for one value and refuses none', () => {
    expect(meanAndSd([42])).toEqual({ mean: 42, sd: 0 });
    expect(() => meanAndSd([])).toThrow();
  });
});
