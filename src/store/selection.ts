/**
 * The samples that were pointed at or drawn around, and what is known of them. Asks the diagnosis worker; knows no
 * canvas.
 */
import type { Outcome, Whereabouts } from '../../workers/protocol.ts';
import type { GroupComparison, PointReport } from '../diagnosis/reports.ts';
import { isReal, type SampleReference, type SampleSelection } from '../diagnosis/samples.ts';
import type { SheetFormat } from '../formats/write.ts';
import type { Clients } from './clients.ts';
import type { CorporaState } from './corpora.ts';
import { latest } from './latest.ts';
import type { ReadyFile, SavingActions } from './saving.ts';
import {
  type Identity,
  identify,
  isOfMoment,
  selectedCount,
  selectionIn,
  selectionOf,
} from './selectionRows.ts';
import { messageOf, type Slice } from './slice.ts';
import type { Moment } from './timeline.ts';

/** Samples with the words that say where they come from, e.g. "Drawn on the map" or "OB: low heard as high". */
export interface NamedSelection {
  readonly label: string;
  readonly samples: SampleSelection;
}

/** What was selected first, and what is compared with it. */
export type SelectionPlace = 'first' | 'second';

export interface SelectionState {
  /**
   * The sample that was asked about, by a click; it stays when other moments are shown, and is null while one is that
   * does not have it.
   */
  readonly point: SampleReference | null;
  /** What is known of it; of the sample or moment before while the answer is on its way. */
  readonly report: PointReport | null;
  /** Where the row that it is, or was made from, stood in its files; null where that is not known. */
  readonly place: Whereabouts | null;
  readonly first: NamedSelection | null;
  readonly second: NamedSelection | null;
  readonly comparison: GroupComparison | null;
  /** True where the next samples that are selected are to be compared with the first. */
  readonly awaiting: boolean;
  readonly error: string | null;
  /** What was pointed at and selected, wherever that stands in other moments. */
  readonly memory: SelectionMemory;
}

interface SelectionMemory extends Readonly<Record<SelectionPlace, Identity>> {
  readonly point: { readonly sample: SampleReference; readonly identity: Identity } | null;
}

export const INITIAL_SELECTION: SelectionState = {
  point: null,
  report: null,
  place: null,
  first: null,
  second: null,
  comparison: null,
  awaiting: false,
  error: null,
  memory: { point: null, first: {}, second: {} },
};

export interface SelectionActions {
  /** Asks about one sample; null forgets it. */
  ask(sample: SampleReference | null): void;
  /**
   * Takes samples as the first selection or, where `compare` is set or was asked for, as the second; none at all forgets
   * them.
   */
  select(selection: NamedSelection | null, options?: { readonly compare: boolean }): void;
  /** Whether the next samples that are selected are to be compared with the first. */
  awaitSecond(awaiting: boolean): void;
  /** Writes one of the selections as a file. Null where it could not be, or another is being written. */
  save(place: SelectionPlace, format: SheetFormat): Promise<ReadyFile | null>;
  /** The moment on show is another: samples are looked up in it, and asked about anew. */
  followMoment(): void;
  clear(): void;
}

/** What asking needs to know of the rest of the store. */
export interface SelectionParts {
  /** The moment on show. */
  moment(): Moment | null;
  corpora(): CorporaState;
  /** Makes sure that the diagnosis worker holds the corpora; false where there are none. */
  prepare(): Promise<boolean>;
  readonly saving: Pick<SavingActions, 'selection'>;
}

const ABSENT = 'The moment on show has no such sample: show the moment in which it was pointed at.';
const UNPREPARED = 'There are not two corpora that fit together to look it up in: load them first.';

/** The answer to a question, or why there is none. */
async function answered<T>(
  prepare: () => Promise<boolean>,
  question: () => Promise<Outcome<T>>,
): Promise<{ readonly value: T | null; readonly error: string | null }> {
  try {
    if (!(await prepare())) return { value: null, error: UNPREPARED };
    const outcome = await question();
    return outcome.ok ? { value: outcome.value, error: null } : { value: null, error: outcome.error.message };
  } catch (error) {
    return { value: null, error: messageOf(error) };
  }
}

/** Whether two samples are, or were made from, the same row of the same corpus. */
function sameRow(a: PointReport, b: PointReport): boolean {
  const [one, other] = [a.origin ?? a.sample, b.origin ?? b.sample];
  return one.group === other.group && one.row === other.row;
}

/** Questions about what is selected, each of which only the newest answer is kept of. */
function createQuestions(slice: Slice<SelectionState>, clients: Clients, parts: SelectionParts) {
  const { diagnosis } = clients;
  const { moment, prepare } = parts;

  const look = async ({ sample, origin }: PointReport): Promise<Whereabouts | null> => {
    const { group, row } = origin ?? sample;
    const id = isReal(group) ? parts.corpora()[group].made?.id : undefined;
    if (!isReal(group) || id === undefined) return null;
    // That files are no longer held is nothing to complain of here: the rest of the report stands.
    const outcome = await clients[group].api.whereabouts(id, row).catch(() => null);
    return outcome?.ok ? outcome.value : null;
  };

  const point = latest(async () => {
    const asked = slice.get().point;
    if (!asked) return;
    const shown = moment();
    const current = () => slice.get().point === asked && moment()?.id === shown?.id;
    // A row of the target is the same in every moment, and samples are large.
    const sets = asked.group === 'target' ? null : (shown?.sets ?? null);
    const { value, error } = await answered(prepare, () => diagnosis.api.inspect(asked, sets));
    if (!current()) return;
    // Where another row stood is not where this one did.
    const { report: before, place: stood } = slice.get();
    slice.set({ report: value, error, place: value && before && sameRow(value, before) ? stood : null });
    const place = value && (await look(value));
    if (current()) slice.set({ place });
  });

  const groups = latest(async () => {
    const { first, second } = slice.get();
    if (!first || !second) return;
    const request = { first: first.samples, second: second.samples };
    if (selectedCount(request.first) === 0 || selectedCount(request.second) === 0) return;
    const shown = moment();
    const sets = isOfMoment(request.first) || isOfMoment(request.second) ? (shown?.sets ?? null) : null;
    const { value, error } = await answered(prepare, () => diagnosis.api.compare(request, sets));
    const now = slice.get();
    if (now.first === first && now.second === second && moment()?.id === shown?.id)
      slice.set({ comparison: value, error });
  });

  return { point: () => void point(), groups: () => void groups() };
}

/** What was pointed at or selected, wherever it stands in the moment on show, whose samples `rows` gives. */
function createMemory(slice: Slice<SelectionState>, rows: () => Moment['rows'] | null) {
  const keep = (what: Partial<SelectionMemory>) => slice.set({ memory: { ...slice.get().memory, ...what } });
  return {
    keepPoint(sample: SampleReference | null) {
      keep({ point: sample && { sample, identity: identify(selectionOf(sample), rows()) } });
    },
    keepSelection(place: SelectionPlace, selection: NamedSelection | null) {
      keep({ [place]: selection ? identify(selection.samples, rows()) : {} });
    },
    /** Looks the point up in the moment on show; false where nothing about it can have changed, or it is not there. */
    findPoint(): boolean {
      const { point } = slice.get().memory;
      // A row of the target is the same in every moment.
      if (!point || point.sample.group === 'target') return false;
      const { sample, identity } = point;
      const [row] = selectionIn(selectionOf(sample), identity, rows())[sample.group] ?? [];
      const there = row !== undefined;
      slice.set(
        there
          ? { point: { group: sample.group, row } }
          : { point: null, report: null, place: null, error: rows() && ABSENT },
      );
      return there;
    },
    findSelection(place: SelectionPlace) {
      const selection = slice.get()[place];
      if (!selection) return;
      const samples = selectionIn(selection.samples, slice.get().memory[place], rows());
      if (samples !== selection.samples) slice.set({ [place]: { ...selection, samples } });
    },
  };
}

/** Asks the diagnosis worker; only the newest question of a kind is answered. */
export function createSelectionActions(
  slice: Slice<SelectionState>,
  clients: Clients,
  parts: SelectionParts,
): SelectionActions {
  const questions = createQuestions(slice, clients, parts);
  const memory = createMemory(slice, () => parts.moment()?.rows ?? null);

  return {
    ask(sample) {
      memory.keepPoint(sample);
      slice.set({ point: sample, error: null, ...(!sample && { report: null, place: null }) });
      questions.point();
    },

    select(selection, options) {
      const { first, awaiting } = slice.get();
      const place = first && (options?.compare ?? awaiting) ? 'second' : 'first';
      memory.keepSelection(place, selection);
      slice.set({ comparison: null, error: null, awaiting: false });
      slice.set(place === 'second' ? { second: selection } : { first: selection, second: null });
      questions.groups();
    },

    awaitSecond: (awaiting) => slice.set({ awaiting }),

    async save(place, format) {
      const selection = slice.get()[place];
      if (!selection || !(await parts.prepare().catch(() => false))) return null;
      return parts.saving.selection(selection.samples, parts.moment()?.sets ?? null, format);
    },

    followMoment() {
      if (memory.findPoint()) questions.point();
      memory.findSelection('first');
      memory.findSelection('second');
      const { first, second } = slice.get();
      if (first && second && (isOfMoment(first.samples) || isOfMoment(second.samples))) questions.groups();
    },

    clear: () => slice.set(INITIAL_SELECTION),
  };
}
