/**
 * The samples that were pointed at or drawn around, and what is known of them. Asks the diagnosis worker; knows no
 * canvas.
 */
import type { GroupComparison, PointReport } from '../diagnosis/reports.ts';
import type { SampleReference, SampleSelection } from '../diagnosis/samples.ts';

/** Samples with the words that say where they come from, e.g. "Drawn on the map" or "OB: low heard as high". */
export interface NamedSelection {
  readonly label: string;
  readonly samples: SampleSelection;
}

export interface SelectionState {
  /** The sample that was asked about, by a click; it stays when other moments are shown. */
  readonly point: SampleReference | null;
  readonly report: PointReport | null;
  /** What was selected first, and what is to be compared with it. */
  readonly first: NamedSelection | null;
  readonly second: NamedSelection | null;
  readonly comparison: GroupComparison | null;
  readonly error: string | null;
}

export const INITIAL_SELECTION: SelectionState = {
  point: null,
  report: null,
  first: null,
  second: null,
  comparison: null,
  error: null,
};

export interface SelectionActions {
  /** Asks about one sample; null forgets it. */
  ask(sample: SampleReference | null): void;
  /** Takes samples as the first selection or, where `compare` is set, as the second; none at all forgets them. */
  select(selection: NamedSelection | null, options?: { readonly compare: boolean }): void;
  clear(): void;
}
