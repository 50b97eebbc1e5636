/**
 * Questions about samples that the diagnosis worker answers, apart from its channel: one sample, two groups, the
 * features of a type, samples as a file. Computes nothing itself.
 */
import type { Task } from '../src/corpus/corpus.ts';
import { compareGroups } from '../src/diagnosis/compareGroups.ts';
import { fidelityOf } from '../src/diagnosis/fidelity.ts';
import { inspectSample } from '../src/diagnosis/inspect.ts';
import { inspectedPair, type PairParts } from '../src/diagnosis/inspectPair.ts';
import type { Machine } from '../src/kernels/machine.ts';
import { fileOf } from './fileOf.ts';
import { outcome } from './outcome.ts';
import type { DiagnosisApi } from './protocol.ts';
import { selectionSheet } from './selectionSheet.ts';

/** What questions are about. */
export interface QueriedPair extends PairParts {
  readonly task: Task;
}

export type DiagnosisQueries = Pick<DiagnosisApi, 'inspect' | 'compare' | 'fidelity' | 'save'>;

/** The answers for one pair of corpora. `machine`: the kernels, where there are any. */
export function createQueries(parts: QueriedPair, machine: Machine | null): DiagnosisQueries {
  const pair = inspectedPair(parts, machine);
  const fidelity = fidelityOf(pair);
  return {
    inspect: (sample, sets) => outcome(() => inspectSample(pair, sample, sets)),
    compare: (request, sets) => outcome(() => compareGroups(pair, request, sets)),
    fidelity: (type, sets) => outcome(() => fidelity(type, sets)),
    save: (selection, sets, format) =>
      outcome(() => {
        const sheet = selectionSheet(pair, parts.task, selection, sets);
        return fileOf(sheet, format, () => undefined);
      }),
  };
}
