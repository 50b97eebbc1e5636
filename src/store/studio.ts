/**
 * The store of the studio: one vanilla zustand store of independent parts, and what must happen when one
 * changes because of another. Framework-free; `react.tsx` binds it to components.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DiagnosisBasis } from '../../workers/protocol.ts';
import { createBasisKeeper } from './basis.ts';
import type { Clients } from './clients.ts';
import {
  type CompareActions,
  type CompareState,
  createCompareActions,
  isComparing,
  recallCompare,
} from './compare.ts';
import type { VaultStorage } from './compareVault.ts';
import { type CorporaActions, type CorporaState, INITIAL_CORPORA } from './corpora.ts';
import { createCorporaActions } from './corporaActions.ts';
import {
  createExhibitActions,
  type ExhibitActions,
  type ExhibitState,
  INITIAL_EXHIBIT,
  keepingFiles,
} from './exhibit.ts';
import {
  createFidelityActions,
  type FidelityActions,
  type FidelityState,
  INITIAL_FIDELITY,
} from './fidelity.ts';
import { createLessonActions, type LessonActions } from './lessonActions.ts';
import { INITIAL_LESSON, type LessonState } from './lessons.ts';
import { createMapActions, INITIAL_MAP, type MapActions, type MapInputs, type MapState } from './map.ts';
import { createMomentWork, type MomentWork } from './momentWork.ts';
import { createPreparation } from './preparation.ts';
import { INITIAL_PROGRESS, isActive, type RunProgress } from './progress.ts';
import { createRunActions, INITIAL_MACHINE, type MachineState, type RunActions } from './run.ts';
import { createSavingActions, INITIAL_SAVING, type SavingActions, type SavingState } from './saving.ts';
import {
  createSelectionActions,
  INITIAL_SELECTION,
  type SelectionActions,
  type SelectionState,
} from './selection.ts';
import { createSetupActions, INITIAL_SETUP, type SetupActions, type SetupState } from './setup.ts';
import { sliceOf } from './slice.ts';
import {
  createTimelineActions,
  INITIAL_TIMELINE,
  momentShown,
  type TimelineActions,
  type TimelineState,
} from './timeline.ts';
import { createViewActions, recallView, type ViewActions, type ViewState } from './view.ts';

export interface StudioState {
  readonly corpora: CorporaState;
  readonly setup: SetupState;
  readonly machine: MachineState;
  readonly run: RunProgress;
  readonly map: MapState;
  readonly timeline: TimelineState;
  readonly selection: SelectionState;
  readonly fidelity: FidelityState;
  readonly view: ViewState;
  readonly compare: CompareState;
  readonly saving: SavingState;
  readonly exhibit: ExhibitState;
  readonly lesson: LessonState;
}

/** Whether something goes on that corpora and settings must stay as they are for. */
export const isBusy = ({ run, compare }: Pick<StudioState, 'run' | 'compare'>): boolean =>
  isActive(run.status) || isComparing(compare.status);

export interface Studio {
  readonly store: StoreApi<StudioState>;
  readonly corpora: CorporaActions;
  readonly setup: SetupActions;
  readonly run: RunActions;
  readonly map: MapActions;
  readonly timeline: TimelineActions;
  readonly selection: SelectionActions;
  readonly fidelity: FidelityActions;
  readonly view: ViewActions;
  readonly compare: CompareActions;
  readonly saving: SavingActions;
  readonly exhibit: ExhibitActions;
  readonly lesson: LessonActions;
  /**
   * Looks the figures of the comparison up, now and whenever something that they are of has changed, until the returned
   * function is called: it takes the corpora to the trainer, which nobody wants before he looks at the figures.
   */
  followComparison(): () => void;
  /** Looks up how the two corpora differ, now and whenever they have changed, until the returned function is called. */
  followDifferences(): () => void;
}

export interface StudioParts {
  readonly clients: Clients;
  readonly storage: () => VaultStorage;
  /** Milliseconds of quiet before a changed setup is measured. */
  readonly settleMs?: number;
}

/** Calls `react` when any of the watched values is another than before, until the returned function is called. */
function watch(
  store: StoreApi<StudioState>,
  values: (state: StudioState) => readonly unknown[],
  react: (state: StudioState) => void,
): () => void {
  let before = values(store.getState());
  return store.subscribe((state) => {
    const now = values(state);
    const changed = now.some((value, i) => value !== before[i]);
    before = now;
    if (changed) react(state);
  });
}

/** What the map is of; null while there are not two corpora that fit together. */
function mapInputs({ corpora, setup }: StudioState): MapInputs | null {
  const source = corpora.source.corpus;
  const target = corpora.target.corpus;
  if (!source || !target || corpora.pair?.conflict) return null;
  return { source, target, scaling: setup.settings.data };
}

/**
 * What samples are held against: the run's on show, or the run's as set up; null while there are not two corpora that fit
 * together.
 */
function diagnosisBasis({ corpora, setup, run }: StudioState): DiagnosisBasis | null {
  const source = corpora.source.corpus;
  const target = corpora.target.corpus;
  if (!source || !target || corpora.pair?.conflict) return null;
  const { task, settings } = run.config ?? setup;
  return { source, target, task, data: settings.data, rows: settings.snapshot.rows };
}

/** Fits the map when its rows change, and forgets moments whose samples no longer belong to them. */
function keepMapCurrent(store: StoreApi<StudioState>, map: MapActions, moments: MomentWork): void {
  watch(
    store,
    ({ corpora, setup }) => [
      corpora.source.corpus?.values,
      corpora.target.corpus?.values,
      // By value: a change of any setting makes all groups new objects.
      setup.settings.data.scaler,
      setup.settings.data.clipPercentile,
    ],
    () => {
      moments.clear();
      void map.fit();
    },
  );
}

/** Measures the run again when something that decides its length changes, once the user has settled. */
function keepEstimateCurrent(store: StoreApi<StudioState>, run: RunActions, settleMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const measureSoon = ({ corpora: { pair }, run: { status } }: StudioState) => {
    clearTimeout(timer);
    const due = pair !== null && !pair.conflict && !isActive(status);
    run.forgetEstimate(due);
    if (due) timer = setTimeout(() => void run.estimate(), settleMs);
  };
  watch(
    store,
    ({ corpora: { source, target }, setup }) => [
      source.corpus,
      target.corpus,
      setup.task,
      setup.settings,
      setup.backend,
    ],
    measureSoon,
  );
  // A run that began before the measuring was over has cut it short.
  watch(
    store,
    (state) => [isActive(state.run.status)],
    (state) => {
      if (!isActive(state.run.status) && !state.machine.estimate) measureSoon(state);
    },
  );
}

/** Marks the results of the last run as soon as they are of other corpora than those loaded. */
function keepResultsNamed(store: StoreApi<StudioState>): void {
  watch(
    store,
    ({ corpora: { source, target } }) => [source.corpus, target.corpus],
    ({ run }) => {
      if (run.corpora) sliceOf(store, 'run').set({ corpora: { ...run.corpora, replaced: true } });
    },
  );
}

/** Keeps the figures of the comparison those of corpora, set-up, methods and seeds, until told to stop. */
function keepFiguresCurrent(store: StoreApi<StudioState>, { recall }: CompareActions): () => void {
  void recall();
  return watch(
    store,
    ({ corpora: { source, target }, setup, compare }) => [
      source.corpus,
      target.corpus,
      setup.task,
      setup.settings,
      compare.methods,
      compare.seeds,
    ],
    () => void recall(),
  );
}

/** Keeps what is known of the two corpora's differences that of the corpora as they are, until told to stop. */
function keepDifferencesCurrent(store: StoreApi<StudioState>, { compare }: CorporaActions): () => void {
  void compare();
  return watch(
    store,
    ({ corpora: { source, target } }) => [source.corpus?.values, target.corpus?.values],
    () => void compare(),
  );
}

/** Keeps what is said of samples that of the moment on show, and forgets it with the corpora. */
function keepInspectionCurrent(
  store: StoreApi<StudioState>,
  selection: SelectionActions,
  fidelity: FidelityActions,
): void {
  watch(
    store,
    ({ timeline }) => [momentShown(timeline)?.id],
    () => {
      selection.followMoment();
      fidelity.followMoment();
    },
  );
  watch(
    store,
    ({ corpora }) => [corpora.source.corpus?.values, corpora.target.corpus?.values],
    () => {
      selection.clear();
      fidelity.clear();
    },
  );
}

/** Builds the store; nothing starts before an action is called. */
export function createStudio({ clients, storage, settleMs = 700 }: StudioParts): Studio {
  const store = createStore<StudioState>(() => ({
    corpora: INITIAL_CORPORA,
    setup: INITIAL_SETUP,
    machine: INITIAL_MACHINE,
    run: INITIAL_PROGRESS,
    map: INITIAL_MAP,
    timeline: INITIAL_TIMELINE,
    selection: INITIAL_SELECTION,
    fidelity: INITIAL_FIDELITY,
    view: recallView(storage),
    compare: recallCompare(storage),
    saving: INITIAL_SAVING,
    exhibit: INITIAL_EXHIBIT,
    lesson: INITIAL_LESSON,
  }));
  const machine = sliceOf(store, 'machine');
  const corpora = () => store.getState().corpora;
  const setup = createSetupActions(sliceOf(store, 'setup'));
  const preparation = createPreparation(clients, machine, corpora);
  const timeline = sliceOf(store, 'timeline');
  const prepare = createBasisKeeper(timeline, clients, () => diagnosisBasis(store.getState()));
  const moments = createMomentWork(timeline, clients, prepare);
  const map = createMapActions(
    sliceOf(store, 'map'),
    clients,
    () => mapInputs(store.getState()),
    moments.placeAgain,
  );
  const run = createRunActions(clients, {
    run: sliceOf(store, 'run'),
    timeline,
    machine,
    setup: () => store.getState().setup,
    corpora,
    preparation,
    onStart: () => {
      moments.clear();
      sliceOf(store, 'view').set({ row: null });
    },
    onSnapshot: moments.add,
  });
  keepMapCurrent(store, map, moments);
  keepResultsNamed(store);
  keepEstimateCurrent(store, run, settleMs);
  const corporaActions = createCorporaActions(
    sliceOf(store, 'corpora'),
    keepingFiles(clients, () => store.getState().exhibit.shown !== null),
    setup,
  );
  const compare = createCompareActions(clients, {
    compare: sliceOf(store, 'compare'),
    setup: () => store.getState().setup,
    takeSetup: setup.take,
    corpora,
    preparation,
    storage,
  });
  const saving = createSavingActions(sliceOf(store, 'saving'), clients, corpora);
  const shown = { moment: () => momentShown(timeline.get()), prepare };
  const selection = createSelectionActions(sliceOf(store, 'selection'), clients, {
    ...shown,
    corpora,
    saving,
  });
  const fidelity = createFidelityActions(sliceOf(store, 'fidelity'), clients, shown);
  keepInspectionCurrent(store, selection, fidelity);
  const exhibit = createExhibitActions({ store, clients, run, corpora: corporaActions, compare, moments });
  return {
    store,
    exhibit,
    lesson: createLessonActions({ store, exhibit, run }),
    run,
    map,
    timeline: createTimelineActions(timeline),
    selection,
    fidelity,
    setup,
    corpora: corporaActions,
    view: createViewActions(sliceOf(store, 'view'), storage),
    compare,
    saving,
    followComparison: () => keepFiguresCurrent(store, compare),
    followDifferences: () => keepDifferencesCurrent(store, corporaActions),
  };
}
