/**
 * How faithful the features of the samples on show are, one type at a time. Asked only while somebody looks, since it
 * takes the diagnosis worker some time; knows no chart.
 */
import type { SampleType } from '../diagnosis/evidence.ts';
import type { Fidelity } from '../diagnosis/reports.ts';
import type { Clients } from './clients.ts';
import { latest } from './latest.ts';
import { messageOf, type Slice } from './slice.ts';
import type { Moment } from './timeline.ts';

export interface FidelityState {
  readonly type: SampleType;
  /** Of the type and the moment on show; of the last ones while the answer is on its way. Null before the first. */
  readonly report: Fidelity | null;
  /** GAN steps done in the moment that the report is of. */
  readonly step: number | null;
  readonly error: string | null;
}

export const INITIAL_FIDELITY: FidelityState = { type: 'B', report: null, step: null, error: null };

export interface FidelityActions {
  /** Looks at another type. */
  show(type: SampleType): void;
  /** Keeps the report that of the moment on show until the returned function is called. */
  follow(): () => void;
  /** The moment on show is another. */
  followMoment(): void;
  clear(): void;
}

export interface FidelityParts {
  /** The moment on show. */
  moment(): Moment | null;
  /** Makes sure that the diagnosis worker holds the corpora; false where there are none. */
  prepare(): Promise<boolean>;
}

/** Milliseconds from one question to the next: moments may follow one another faster than anybody reads figures. */
const CALM_MS = 1000;

/** Waiting that can be cut short. */
function createPause(): { readonly rest: () => Promise<void>; wake: () => void } {
  let end = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CALM_MS);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return { rest, wake: () => end() };
}

export function createFidelityActions(
  slice: Slice<FidelityState>,
  { diagnosis }: Clients,
  { moment, prepare }: FidelityParts,
): FidelityActions {
  const { rest, wake } = createPause();
  let followers = 0;
  /** What was asked for last. */
  let asked: { readonly type: SampleType; readonly id: number } | null = null;

  const question = async (type: SampleType, { id, sets, step }: Moment): Promise<void> => {
    const current = () => slice.get().type === type && moment()?.id === id;
    try {
      if (!sets)
        throw new Error('The feature values of this moment were given up for room: show another one.');
      if (!(await prepare())) return;
      const outcome = await diagnosis.api.fidelity(type, sets);
      if (!current()) return;
      if (!outcome.ok) throw new Error(outcome.error.message);
      slice.set({ report: outcome.value, step, error: null });
    } catch (error) {
      if (current()) slice.set({ report: null, step: null, error: messageOf(error) });
    }
  };

  const look = latest(async () => {
    const { type } = slice.get();
    const shown = moment();
    if (followers === 0 || !shown || (asked?.type === type && asked.id === shown.id)) return;
    asked = { type, id: shown.id };
    await question(type, shown);
    await rest();
  });
  const clear = () => {
    asked = null;
    slice.set({ report: null, step: null, error: null });
  };

  return {
    show(type) {
      if (type === slice.get().type) return;
      slice.set({ type, error: null });
      void look();
      // Asked for by hand, and answered at once.
      wake();
    },
    follow() {
      followers++;
      void look();
      return () => {
        followers--;
      };
    },
    followMoment() {
      if (moment() === null) clear();
      else void look();
    },
    clear,
  };
}
