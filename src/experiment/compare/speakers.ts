/** Confusions speaker by speaker, as the bootstrap over speakers needs them. */
import type { NamedColumn } from '../../corpus/corpus.ts';
import { confusionMatrix } from '../../metrics/classification.ts';
import { UNKNOWN_SPEAKER } from './unit.ts';

/** The rows of a corpus by speaker; those of nobody known stand under `UNKNOWN_SPEAKER`. */
export interface SpeakerRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** Groups the rows `[0, rows)` of a corpus by their speakers; speakers without a row are left out. */
export function rowsBySpeaker(speakers: NamedColumn | null, rows: number): SpeakerRows {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const name = speakers?.names[speakers.index[row]] ?? UNKNOWN_SPEAKER;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return { names: [...groups.keys()], rows: [...groups.values()] };
}

/** `[speakers][truth][prediction]` row counts; rows without a label are not counted. */
export function confusionBySpeaker(
  { rows }: SpeakerRows,
  truth: Int8Array,
  prediction: Int8Array,
): number[][][] {
  return rows.map((own) =>
    confusionMatrix(
      own.map((row) => truth[row]),
      own.map((row) => prediction[row]),
    ),
  );
}

/** Adds counts to counts of the same shape. */
export const addCounts = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
  a.map((row, t) => row.map((count, p) => count + b[t][p]));
