/**
 * What can be done in a lesson: open it, provoke the failure, cure it, leave. Keeps the lesson where the run is. Knows no
 * page.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Failure } from '../diagnosis/finding.ts';
import {
  PROVOCATIONS,
  PROVOKED_DEMO,
  type Provocation,
  patched,
  provokedConfig,
} from '../experiment/provocations.ts';
import type { ExhibitActions } from './exhibit.ts';
import { advanceLesson, INITIAL_LESSON, lessonFacts } from './lessons.ts';
import { isActive } from './progress.ts';
import type { RunActions } from './run.ts';
import { sliceOf } from './slice.ts';
import type { StudioState } from './studio.ts';

export interface LessonActions {
  /** Shows the demo corpora, set up for the failure; false where that cannot be, and the exhibit's error says why. */
  open(failure: Failure): Promise<boolean>;
  /** Starts the run that provokes the failure; from another seed where it did not show in the last one. */
  provoke(): void;
  /** Carries the lesson's cure out: in the run that goes, or in another. */
  cure(): void;
  /** Gives the cure more steps to show. */
  more(): void;
  /** Ends the lesson; the user's own work comes back. */
  leave(): void;
}

/** Steps of the GAN that a cure is given to show; where fewer are left, some are added. */
const STEPS_TO_RECOVER = 200;
/** Steps that are added at once. */
export const MORE_STEPS = 200;

/** What provokes a failure. @throws where there is nothing that does. */
export function provocationOf(failure: Failure): Provocation {
  const found = PROVOCATIONS.find(({ name }) => name === failure);
  if (!found) throw new Error(`Nothing provokes the failure "${failure}".`);
  return found;
}

export interface LessonParts {
  readonly store: StoreApi<StudioState>;
  readonly exhibit: ExhibitActions;
  readonly run: Pick<RunActions, 'start' | 'pause' | 'resume' | 'change' | 'abandon'>;
}

export function createLessonActions({ store, exhibit, run }: LessonParts): LessonActions {
  const slice = sliceOf(store, 'lesson');
  const setup = sliceOf(store, 'setup');

  const follow = () => {
    const state = store.getState();
    const { lesson } = state;
    if (lesson.failure === null) return;
    if (state.exhibit.shown?.kind !== 'lesson') return slice.set(INITIAL_LESSON);
    const next = advanceLesson(lesson, lessonFacts(state, lesson));
    if (next === lesson) return;
    slice.set(next);
    // It waits, so that one can look before it has gone on.
    if (next.stage === 'alarm' && state.run.status === 'running') run.pause();
  };
  store.subscribe(follow);

  const setUp = (provocation: Provocation) => {
    const { task, preset, seed, settings } = provokedConfig(provocation);
    return { task, preset, seed, settings };
  };

  return {
    async open(failure) {
      const provocation = provocationOf(failure);
      const opened = await exhibit.open(
        { kind: 'lesson', name: failure, title: provocation.title },
        async () => ({
          demo: PROVOKED_DEMO,
          setup: setUp(provocation),
          recorded: null,
        }),
      );
      if (opened) slice.set({ ...INITIAL_LESSON, failure });
      return opened;
    },

    provoke() {
      const { failure, stage, alarm } = slice.get();
      if (failure === null || isActive(store.getState().run.status)) return;
      // What chance has kept from coming once may come with another seed.
      const provoked = setUp(provocationOf(failure));
      const seed = stage === 'missed' && alarm === null ? setup.get().seed + 1 : provoked.seed;
      slice.set({ ...INITIAL_LESSON, failure });
      setup.set({ ...provoked, seed });
      void run.start();
    },

    cure() {
      const { failure } = slice.get();
      const cure = failure && provocationOf(failure).cure;
      if (!cure) return;
      const { run: progress, setup: now, timeline } = store.getState();
      if (cure.kind === 'next') {
        run.abandon();
        setup.set({ settings: patched(now.settings, cure.settings) });
        void run.start();
        return;
      }
      // Asked for already, and about to be carried out.
      if (timeline.pending.includes(cure.request)) return;
      run.change(cure.request);
      const { step = 0, steps = 0 } = progress.phases.gan ?? {};
      if (steps - step < STEPS_TO_RECOVER) run.change({ kind: 'extend', steps: MORE_STEPS });
      if (progress.status === 'paused') run.resume();
    },

    more: () => run.change({ kind: 'extend', steps: MORE_STEPS }),

    leave: exhibit.close,
  };
}
