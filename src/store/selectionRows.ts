/**
 * Which samples of a moment are those of another: a sample is the same where it was made from the same row under the
 * same class. Pure; knows no worker.
 */
import { isReal, SAMPLE_GROUPS, type SampleReference, type SampleSelection } from '../diagnosis/samples.ts';
import { SYNTHETIC_TYPES, type SyntheticType } from '../experiment/events.ts';
import type { SyntheticRows } from './timeline.ts';

type Rows = SyntheticRows[SyntheticType];

/** What stays of synthetic samples from moment to moment: row of origin and class of each, as one number, by type. */
export type Identity = Readonly<Partial<Record<SyntheticType, readonly number[]>>>;

const keyOf = ({ classes, origin }: Rows, row: number) => 4 * origin[row] + classes[row];

/** What the synthetic ones among some samples are, wherever they stand in other moments. */
export function identify(samples: SampleSelection, rows: SyntheticRows | null): Identity {
  if (!rows) return {};
  const known = SYNTHETIC_TYPES.flatMap((type): [SyntheticType, readonly number[]][] => {
    const chosen = samples[type];
    return chosen?.length ? [[type, Array.from(chosen, (row) => keyOf(rows[type], row))]] : [];
  });
  return Object.fromEntries(known);
}

/** Rows of a moment that are the given ones, ascending; those that it has not are left out. */
function locate(keys: readonly number[], rows: Rows): Int32Array {
  const wanted = new Set(keys);
  const found: number[] = [];
  // Of rows made twice alike the first speaks for both.
  for (let row = 0; row < rows.origin.length; row++) if (wanted.delete(keyOf(rows, row))) found.push(row);
  return Int32Array.from(found);
}

const equal = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((row, i) => row === b[i]);

/** Samples as they stand in another moment, as far as it has them; the very same object where nothing changes. */
export function selectionIn(
  samples: SampleSelection,
  identity: Identity,
  rows: SyntheticRows | null,
): SampleSelection {
  const next: Partial<Record<SyntheticType, Int32Array>> = {};
  let same = true;
  for (const type of SYNTHETIC_TYPES) {
    const keys = identity[type];
    if (!keys) continue;
    const found = rows ? locate(keys, rows[type]) : new Int32Array(0);
    const before = samples[type] ?? new Int32Array(0);
    if (equal(found, before)) next[type] = before;
    else {
      next[type] = found;
      same = false;
    }
  }
  return same ? samples : { ...samples, ...next };
}

/** One sample as a selection. */
export const selectionOf = ({ group, row }: SampleReference): SampleSelection => ({
  [group]: Int32Array.of(row),
});

/** How many samples are selected. */
export const selectedCount = (samples: SampleSelection): number =>
  SAMPLE_GROUPS.reduce((sum, group) => sum + (samples[group]?.length ?? 0), 0);

/** Whether some of the samples are of a moment, and so change with it. */
export const isOfMoment = (samples: SampleSelection): boolean =>
  SAMPLE_GROUPS.some((group) => !isReal(group) && (samples[group]?.length ?? 0) > 0);
