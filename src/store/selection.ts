/**
 * The samples that were pointed at or drawn around, and what is known of them. Asks the diagnosis worker; knows no
 * canvas.
 */
import type { Outcome } from '../../workers/protocol.ts';
import type { GroupComparison, PointReport } from '../diagnosis/reports.ts';
import type { SampleReference, SampleSelection } from '../diagnosis/samples.ts';
import type { SyntheticSets } from '../experiment/events.ts';
import type { Clients } from './clients.ts';
import { messageOf, type Slice } from './slice.ts';

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

/** What asking needs to know of the rest of the store. */
export interface SelectionParts {
  /** Feature values of the moment on show; null where there are none. */
  sets(): SyntheticSets | null;
  /** Makes sure that the diagnosis worker holds the corpora; false where there are none. */
  prepare(): Promise<boolean>;
}

/** Asks the diagnosis worker; only the newest question of a kind is answered. */
export function createSelectionActions(
  slice: Slice<SelectionState>,
  { diagnosis }: Clients,
  { sets, prepare }: SelectionParts,
): SelectionActions {
  const latest = { point: 0, groups: 0 };

  /** Answers a question unless a newer one of its kind has been asked meanwhile. */
  const answer = async <T>(
    kind: keyof typeof latest,
    question: () => Promise<Outcome<T>>,
    take: (answer: T) => Partial<SelectionState>,
  ) => {
    const mine = ++latest[kind];
    try {
      if (!(await prepare()) || mine !== latest[kind]) return;
      const outcome = await question();
      if (mine !== latest[kind]) return;
      slice.set(outcome.ok ? { ...take(outcome.value), error: null } : { error: outcome.error.message });
    } catch (error) {
      if (mine === latest[kind]) slice.set({ error: messageOf(error) });
    }
  };

  return {
    ask(sample) {
      slice.set({ point: sample, report: null, error: null });
      if (sample)
        void answer(
          'point',
          () => diagnosis.api.inspect(sample, sets()),
          (report) => ({ report }),
        );
      else latest.point++;
    },

    select(selection, options) {
      slice.set(options?.compare ? { second: selection } : { first: selection, second: null });
      slice.set({ comparison: null, error: null });
      const { first, second } = slice.get();
      if (!first || !second) {
        latest.groups++;
        return;
      }
      const request = { first: first.samples, second: second.samples };
      void answer(
        'groups',
        () => diagnosis.api.compare(request, sets()),
        (comparison) => ({ comparison }),
      );
    },

    clear() {
      latest.point++;
      latest.groups++;
      slice.set(INITIAL_SELECTION);
    },
  };
}
