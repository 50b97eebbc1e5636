/**
 * The diagnosis worker, apart from its channel: holds a pair of corpora, measures samples against it one moment after the
 * other, and hands questions about samples on. Computes nothing itself.
 */
import { corpusClasses } from '../src/corpus/corpus.ts';
import { matchFeatures } from '../src/corpus/match.ts';
import { scalePair } from '../src/corpus/scale.ts';
import { measureAnchors } from '../src/diagnosis/anchors.ts';
import { type Basis, type BasisData, prepareBasis } from '../src/diagnosis/basis.ts';
import type { PairAnchors } from '../src/diagnosis/evidence.ts';
import { measureSamples } from '../src/diagnosis/measure.ts';
import { chooseTarget } from '../src/experiment/prepare.ts';
import type { Machine } from '../src/kernels/machine.ts';
import { createQueries, type DiagnosisQueries, type QueriedPair } from './diagnosisQueries.ts';
import { drive, superseded } from './drive.ts';
import { outcome } from './outcome.ts';
import type { DiagnosisApi, DiagnosisBasis, Outcome } from './protocol.ts';

/** The rows that training knows, in its scale; the same that `prepare` gives it. */
function preparePair({ source, target, task, data, rows }: DiagnosisBasis): {
  readonly pair: QueriedPair;
  readonly data: BasisData;
} {
  const matched = matchFeatures(source, target);
  const scaled = scalePair(matched, data, { source: source.speakers, target: target.speakers });
  const sourceClasses = corpusClasses(source, task);
  const sourceRows = Int32Array.from(sourceClasses.keys()).filter((row) => sourceClasses[row] >= 0);
  const targetRows = chooseTarget(matched, sourceRows, data).rows;
  return {
    pair: { source, target, matched, scaled, task },
    data: { source: scaled.source, target: scaled.target, sourceRows, targetRows, sourceClasses, rows },
  };
}

/** Parts of the way to the anchors: how many steps there are is not known before. */
const MOST_STEPS = 150;

const noAnswer = () =>
  outcome((): never => {
    throw new Error('There are no corpora to answer from yet: load a pair first.');
  });
const NO_ANSWERS: DiagnosisQueries = {
  inspect: noAnswer,
  compare: noAnswer,
  fidelity: noAnswer,
  save: noAnswer,
};

/** A diagnosis service that holds no corpora yet, on the kernels where there are any. */
export function createDiagnosis(machine: Machine | null = null): DiagnosisApi {
  let queries = NO_ANSWERS;
  let basis: Basis | null = null;
  // The number of the latest pair; work for an older one sees that it is no longer wanted.
  let pairs = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** Does some work after all that was asked for before: moments are measured one by one, and none is dropped. */
  function inTurn<T>(work: () => Promise<T>): Promise<Outcome<T>> {
    const result = last.then(() => outcome(work));
    last = result;
    return result;
  }

  async function begin(
    wanted: DiagnosisBasis,
    mine: number,
    onProgress: (share: number) => void,
  ): Promise<PairAnchors> {
    const isCurrent = () => mine === pairs;
    // Its turn may come when nobody wants it any more: then no corpus is scaled, and none answers questions.
    if (!isCurrent()) throw superseded();
    let steps = 0;
    const report = () => onProgress(Math.min(1, ++steps / MOST_STEPS));
    const { pair, data } = preparePair(wanted);
    queries = createQueries(pair, machine);
    const prepared = await drive(prepareBasis(data, machine), isCurrent, report);
    const anchors = await drive(measureAnchors(prepared), isCurrent, report);
    basis = prepared;
    return anchors;
  }

  return {
    begin(wanted, onProgress) {
      const mine = ++pairs;
      basis = null;
      queries = NO_ANSWERS;
      return inTurn(() => begin(wanted, mine, onProgress));
    },
    measure(step, sets) {
      const mine = pairs;
      return inTurn(async () => {
        if (mine !== pairs) throw superseded();
        if (!basis) throw new Error('There are no corpora to hold samples against yet: load a pair first.');
        return drive(
          measureSamples(basis, step, sets, () => performance.now()),
          () => mine === pairs,
        );
      });
    },
    inspect: (...question) => queries.inspect(...question),
    compare: (...question) => queries.compare(...question),
    fidelity: (...question) => queries.fidelity(...question),
    save: (...question) => queries.save(...question),
  };
}
