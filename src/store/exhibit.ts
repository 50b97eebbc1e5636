/**
 * Exhibits: something that is shown in place of the user's own work, a recorded run or a lesson. What he had is kept aside
 * and put back as it was. Knows what has to be kept, not what is shown.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { RunUpdate } from '../../workers/protocol.ts';
import type { DemoOptions } from '../corpus/demo.ts';
import type { RunConfig } from '../experiment/config.ts';
import type { Clients } from './clients.ts';
import { type CompareActions, isComparing } from './compare.ts';
import {
  type CorporaActions,
  type CorporaState,
  INITIAL_CORPORA,
  notReady,
  ROLES,
  type Role,
  takeCorpus,
} from './corpora.ts';
import { fetchRecording } from './exhibitRecording.ts';
import type { MomentWork } from './momentWork.ts';
import { INITIAL_PROGRESS, isActive } from './progress.ts';
import type { RunActions } from './run.ts';
import { INITIAL_SELECTION } from './selection.ts';
import type { SetupState } from './setup.ts';
import { messageOf, type Slice, sliceOf } from './slice.ts';
import type { StudioState } from './studio.ts';
import { INITIAL_TIMELINE } from './timeline.ts';

/** What is shown: a kind, and which of its kind by name and title. */
export interface Exhibit {
  readonly kind: 'recording' | 'lesson';
  readonly name: string;
  readonly title: string;
}

export interface ExhibitState {
  /** Null while the user's own work is shown. */
  readonly shown: Exhibit | null;
  /** What is on its way, and the share of it that has come; null where that is not known. */
  readonly opening: { readonly exhibit: Exhibit; readonly share: number | null } | null;
  /** Why what was asked for last could not be shown. */
  readonly error: string | null;
}

export const INITIAL_EXHIBIT: ExhibitState = { shown: null, opening: null, error: null };

/** Corpora, set-up and, of a recording, the run that was recorded. */
export interface ExhibitContent {
  readonly demo: DemoOptions;
  readonly setup: Omit<SetupState, 'backend'>;
  readonly recorded: { readonly config: RunConfig; readonly update: RunUpdate } | null;
}

export interface ExhibitActions {
  /** Shows an exhibit; false where it cannot be, and `error` says why. `prepare` fetches what it needs. */
  open(
    exhibit: Exhibit,
    prepare: (onShare: (share: number) => void) => Promise<ExhibitContent>,
  ): Promise<boolean>;
  /** Shows a recorded run; `file` is its address from the page's. */
  openRecording(recording: {
    readonly name: string;
    readonly title: string;
    readonly file: string;
  }): Promise<boolean>;
  /** Back to the user's own work; a run that was begun meanwhile ends. */
  close(): void;
}

/** What is kept aside. */
type Work = Pick<StudioState, 'corpora' | 'setup' | 'run' | 'timeline' | 'map' | 'selection'>;

/** Why nothing else can be shown just now; null where it can. */
export function whyNot({
  run,
  compare,
  corpora,
}: Pick<StudioState, 'run' | 'compare' | 'corpora'>): string | null {
  if (isActive(run.status))
    return 'A run is going on and would be lost. Stop it, or let it end, and open this then.';
  if (isComparing(compare.status))
    return 'A comparison is going on. Stop it, or let it end, and open this then.';
  return notReady(corpora) && 'Corpora are being read. Open this when they are there.';
}

/** The clients for reading corpora: while an exhibit is shown, the readers do not forget the user's own files. */
export const keepingFiles = (clients: Clients, shown: () => boolean): Clients => {
  const keeping = (role: Role): Clients[Role] => {
    const { api } = clients[role];
    const settle: typeof api.settle = async (id) => {
      if (!shown()) await api.settle(id);
    };
    // The API is a proxy without properties of its own: they are asked for one by one.
    const asked = new Proxy(api, {
      get: (target, name) => (name === 'settle' ? settle : Reflect.get(target, name)),
    });
    return { ...clients[role], api: asked };
  };
  return { ...clients, source: keeping('source'), target: keeping('target') };
};

/** The demo corpora in both places, as after reading them. @throws what the readers say. */
async function demoCorpora(clients: Clients, demo: DemoOptions): Promise<CorporaState> {
  let corpora = INITIAL_CORPORA;
  const slice: Slice<CorporaState> = {
    get: () => corpora,
    set: (change) => {
      corpora = { ...corpora, ...change };
    },
  };
  const made = await Promise.all(ROLES.map((role) => clients[role].api.demo(role, demo)));
  made.forEach((outcome, i) => {
    if (!outcome.ok) throw new Error(outcome.error.message);
    takeCorpus(slice, ROLES[i], outcome.value);
  });
  return corpora;
}

export interface ExhibitParts {
  readonly store: StoreApi<StudioState>;
  readonly clients: Clients;
  readonly run: Pick<RunActions, 'replay' | 'abandon'>;
  readonly corpora: Pick<CorporaActions, 'cancel'>;
  readonly compare: Pick<CompareActions, 'stop'>;
  readonly moments: Pick<MomentWork, 'resume'>;
}

export function createExhibitActions(parts: ExhibitParts): ExhibitActions {
  const { store, clients, run } = parts;
  const slice = sliceOf(store, 'exhibit');
  let kept: Work | null = null;
  let attempt = 0;
  /** What the run on show would be if the trainer had done nothing since the user's own. */
  let recordedConfig: RunConfig | null = null;
  /** Whether the trainer has trained since, and so has lost the samples of the user's run. */
  let trained = false;

  const noteTraining = () => {
    const { config } = store.getState().run;
    trained ||= config !== null && config !== recordedConfig;
  };

  const show = (exhibit: Exhibit, corpora: CorporaState, { setup, recorded }: ExhibitContent) => {
    const state = store.getState();
    if (kept) noteTraining();
    kept ??= state;
    recordedConfig = recorded?.config ?? null;
    store.setState({
      corpora,
      setup: { ...setup, backend: state.setup.backend },
      run: INITIAL_PROGRESS,
      // Anchors are measured anew when they are wanted, where they are of others.
      timeline: { ...INITIAL_TIMELINE, anchors: state.timeline.anchors },
      selection: INITIAL_SELECTION,
      exhibit: { shown: exhibit, opening: null, error: null },
    });
    if (recorded) run.replay(recorded.config, recorded.update);
  };

  const actions: ExhibitActions = {
    async open(exhibit, prepare) {
      const mine = ++attempt;
      const refused = whyNot(store.getState());
      if (refused) {
        slice.set({ error: refused });
        return false;
      }
      slice.set({ opening: { exhibit, share: null }, error: null });
      try {
        const content = await prepare((share) => {
          if (mine === attempt) slice.set({ opening: { exhibit, share } });
        });
        const corpora = await demoCorpora(clients, content.demo);
        if (mine !== attempt) return false;
        // What the user has begun meanwhile goes first.
        const late = whyNot(store.getState());
        if (late) throw new Error(late);
        show(exhibit, corpora, content);
        return true;
      } catch (error) {
        if (mine === attempt) slice.set({ opening: null, error: messageOf(error) });
        return false;
      }
    },

    openRecording: ({ name, title, file }) =>
      actions.open({ kind: 'recording', name, title }, (onShare) =>
        fetchRecording(file, onShare, (bytes) => clients.source.api.recorded(bytes)),
      ),

    close() {
      attempt++;
      if (!kept) return slice.set(INITIAL_EXHIBIT);
      const { corpora, setup, run: ran, timeline, map, selection } = kept;
      kept = null;
      noteTraining();
      run.abandon();
      // It would hold the trainer, and all settings, for corpora that nobody sees any more.
      if (isComparing(store.getState().compare.status)) parts.compare.stop();
      // What is still being read was to take the place of the exhibit's corpora.
      for (const role of ROLES) if (store.getState().corpora[role].reading) parts.corpora.cancel(role);
      store.setState({ corpora, setup });
      // The corpora have brought an empty map and timeline with them; the same rows give the same frame again.
      const { fitting } = store.getState().map;
      store.setState({
        // Samples can be written only of the run that the trainer has done last.
        run: trained ? { ...ran, made: [] } : ran,
        timeline: { ...timeline, playing: null },
        map: { ...map, fitting },
        selection,
        exhibit: INITIAL_EXHIBIT,
      });
      trained = false;
      parts.moments.resume();
      for (const role of ROLES) {
        const { made } = corpora[role];
        if (made) clients[role].api.settle(made.id).catch(() => undefined);
      }
    },
  };
  return actions;
}
