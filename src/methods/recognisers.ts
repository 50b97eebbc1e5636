/**
 * The recognisers of the results table: for every repeat, one network on each set of samples, all from the same
 * initial weights, applied to the target's features. Knows no target label: it predicts, others score.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { type RecogniserSet, recogniserSteps, trainRecogniser } from './classifier.ts';
import type { TrainingEvent } from './events.ts';
import type { Settings } from './settings.ts';

export interface RecogniserTarget {
  readonly target: Matrix;
  readonly settings: Settings;
  readonly seed: number;
  readonly now: () => number;
}

export interface RecogniserPlan {
  /** Steps of one recogniser on each set. */
  readonly perSet: readonly number[];
  readonly total: number;
  readonly classifierEpochs: number;
}

/** One recogniser's predictions for every target row; `set` is an index into the sets given. */
export interface PredictionEvent {
  readonly type: 'prediction';
  readonly set: number;
  readonly repeat: number;
  readonly prediction: Int8Array;
}

/** How many steps all recognisers take together. */
export function recogniserPlan(
  sets: readonly Pick<RecogniserSet, 'classes'>[],
  settings: Settings,
  classifierEpochs: number,
): RecogniserPlan {
  const perSet = sets.map(({ classes }) => recogniserSteps(classes, settings, classifierEpochs));
  const total = settings.recogniser.seeds * perSet.reduce((sum, steps) => sum + steps, 0);
  return { perSet, total, classifierEpochs };
}

/** The seed of a repeat: the same for every set, so that only the samples differ between the rows of the table. */
export const seedOfRepeat = (seed: number, repeat: number): number =>
  randomStream(seed, `recogniser/${repeat}`).integer(2 ** 31);

/** Trains all recognisers, repeat by repeat, so that every row of the table has a first figure early. */
export async function* trainRecognisers(
  sets: readonly RecogniserSet[],
  plan: RecogniserPlan,
  { target, settings, seed, now }: RecogniserTarget,
): AsyncGenerator<TrainingEvent | PredictionEvent> {
  let offset = 0;
  for (let repeat = 0; repeat < settings.recogniser.seeds; repeat++) {
    const repeatSeed = seedOfRepeat(seed, repeat);
    for (const [set, rows] of sets.entries()) {
      const prediction = yield* trainRecogniser(rows, target, {
        settings,
        classifierEpochs: plan.classifierEpochs,
        seed: repeatSeed,
        offset,
        of: plan.total,
        now,
      });
      yield { type: 'prediction', set, repeat, prediction };
      offset += plan.perSet[set];
    }
  }
}
