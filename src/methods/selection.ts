/**
 * Which samples of type C are kept. The generator makes three of every target row, one for each class it is asked for,
 * and cannot know which of them is true. Judges that the GAN never saw listen to the target row itself: the sample of
 * the class that they hear is kept, where they are sure enough. Uses source labels and no target label.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { ClassifierTraining, probabilities, type RecogniserSet, recogniserSteps } from './classifier.ts';
import { CLASSIFIER_TERMS, type Synthetic, type SyntheticSets, type TrainingEvent } from './events.ts';
import type { MethodContext } from './method.ts';
import { pickRows, rowSet } from './rows.ts';
import type { Settings } from './settings.ts';
import { trainingLoop } from './training.ts';

/** Steps of all judges together, which learn from source rows and as many of type B; 0 where there are none. */
export function selectionSteps(classes: Int8Array, settings: Settings, classifierEpochs: number): number {
  const { judges } = settings.selection;
  if (judges === 0) return 0;
  return judges * recogniserSteps(Int8Array.from([...classes, ...classes]), settings, classifierEpochs);
}

/** What the judges say of every target row on average, `[rows, 3]`. */
async function* listen(
  context: MethodContext,
  set: RecogniserSet,
  classifierEpochs: number,
): AsyncGenerator<TrainingEvent, Float32Array> {
  const { data, settings, seed, now } = context;
  const { judges } = settings.selection;
  const steps = recogniserSteps(set.classes, settings, classifierEpochs);
  const heard = new Float32Array(data.target.rows * CLASS_COUNT);
  for (let judge = 0; judge < judges; judge++) {
    const training = new ClassifierTraining(set, settings.classifier, seed, `judge/${judge}`);
    try {
      yield* trainingLoop({
        phase: 'selection',
        steps,
        stepsPerEpoch: training.stepsPerEpoch,
        offset: judge * steps,
        of: judges * steps,
        terms: CLASSIFIER_TERMS,
        now,
        step: () => training.step(),
      });
      const frozen = training.frozen();
      const own = await probabilities(frozen, data.target);
      frozen.dispose();
      own.forEach((p, i) => {
        heard[i] += p / judges;
      });
    } finally {
      training.dispose();
    }
  }
  return heard;
}

/**
 * The class to keep of every row, −1 for none: the most probable one of `heard` `[rows, 3]`, for the given share of the
 * rows of each class, those of greatest probability (at least one row a class; the earlier row where they tie).
 */
export function confidentClasses(heard: Float32Array, share: number): Int8Array {
  const rows = heard.length / CLASS_COUNT;
  const confidence = (row: number, k: number) => heard[row * CLASS_COUNT + k];
  const rowsOf: number[][] = Array.from({ length: CLASS_COUNT }, () => []);
  for (let row = 0; row < rows; row++) {
    const own = heard.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT);
    rowsOf[own.indexOf(Math.max(...own))].push(row);
  }
  const kept = new Int8Array(rows).fill(-1);
  for (const [k, ofClass] of rowsOf.entries()) {
    ofClass.sort((a, b) => confidence(b, k) - confidence(a, k) || a - b);
    for (const row of ofClass.slice(0, Math.max(1, Math.round(share * ofClass.length)))) kept[row] = k;
  }
  return kept;
}

/** The samples that have the class kept for the target row they come from. */
function keep(C: Synthetic, kept: Int8Array): Synthetic {
  const rows = Int32Array.from(C.classes.keys()).filter((i) => kept[C.origin[i]] === C.classes[i]);
  return {
    ...pickRows(rowSet(C), rows),
    classes: Int8Array.from(rows, (i) => C.classes[i]),
    origin: Int32Array.from(rows, (i) => C.origin[i]),
  };
}

/**
 * The samples with type C reduced to what the judges agree with. `synthetic` is of every row of both corpora, type C of
 * every class.
 */
export async function* selectTypeC(
  context: MethodContext,
  synthetic: SyntheticSets,
  classifierEpochs: number,
): AsyncGenerator<TrainingEvent, SyntheticSets> {
  const { data, settings } = context;
  const { B, C } = synthetic;
  const steps = selectionSteps(data.sourceClasses, settings, classifierEpochs);
  if (steps === 0 || C.rows === 0) return synthetic;
  yield { type: 'phase', phase: 'selection', steps };
  const set = { x: rowSet(data.source, B), classes: Int8Array.from([...data.sourceClasses, ...B.classes]) };
  const heard = yield* listen(context, set, classifierEpochs);
  const selected = keep(C, confidentClasses(heard, settings.selection.share));
  const message = `Type C: ${selected.rows} of ${C.rows} samples kept, of the classes that ${settings.selection.judges} judges hear in the target rows.`;
  yield { type: 'note', phase: 'selection', message };
  return { ...synthetic, C: selected };
}
