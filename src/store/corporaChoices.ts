/** What is decided about a corpus that was read: repairs, labels, speakers. The worker makes the corpus anew. */
import type { MadeCorpus } from '../../workers/protocol.ts';
import { TASKS, type Task } from '../corpus/corpus.ts';
import { taskCounts } from '../formats/describe.ts';
import { type Recipe, sameRules } from '../formats/recipe.ts';
import type { Clients } from './clients.ts';
import {
  type CorporaActions,
  type CorporaState,
  type Differences,
  isBeingReplaced,
  type Role,
  setSlot,
  takeCorpus,
} from './corpora.ts';
import { advance, beginning } from './corporaReading.ts';
import { repaired, settingOf } from './repairs.ts';
import type { SetupActions } from './setup.ts';
import { messageOf, type Slice } from './slice.ts';

/** Moves the boundaries of a task's ratings; nothing where it has none. */
function moveCuts(slice: Slice<CorporaState>, role: Role, task: Task, cuts: readonly [number, number]): void {
  const { corpus, report, recipe, revising } = slice.get()[role];
  const labels = corpus?.labels[task];
  const choice = recipe?.labels[task];
  if (!corpus || !report || !recipe || labels?.kind !== 'continuous' || choice?.from !== 'ratings') return;
  const moved = { ...corpus.labels, [task]: { ...labels, cuts } };
  const withCuts = (before: Recipe): Recipe => ({
    ...before,
    labels: { ...before.labels, [task]: { ...choice, cuts: [...cuts] } },
  });
  const next = revising?.labels[task];
  // Where the recipe on its way is to cut the same ratings, it is to cut them here as well.
  const same =
    next?.from === 'ratings' && next.column === choice.column && next.reversedFrom === choice.reversedFrom;
  setSlot(slice, role, {
    corpus: { ...corpus, labels: moved },
    report: { ...report, tasks: taskCounts(moved) },
    recipe: withCuts(recipe),
    revising: revising && same ? withCuts(revising) : revising,
  });
}

/** Decides something else about a corpus and takes over what comes of it. */
function createRevise(slice: Slice<CorporaState>, clients: Clients): CorporaActions['revise'] {
  const revisions: Record<Role, number> = { source: 0, target: 0 };

  /** Takes over a corpus made by the recipe `asked`, and boundaries that were moved meanwhile. */
  const accept = (role: Role, asked: Recipe, made: MadeCorpus) => {
    const { revising } = slice.get()[role];
    takeCorpus(slice, role, made);
    for (const task of TASKS) {
      const choice = revising?.labels[task];
      if (choice?.from === 'ratings' && choice !== asked.labels[task]) {
        moveCuts(slice, role, task, choice.cuts);
      }
    }
  };

  return async (role, change) => {
    const slot = slice.get()[role];
    const { recipe, revising, corpus, made } = slot;
    if (!recipe || !corpus || !made || isBeingReplaced(slot)) return;
    const mine = ++revisions[role];
    // What was read since then has a recipe of its own.
    const current = () => revisions[role] === mine && slice.get()[role].made?.id === made.id;
    const fail = (message: string) => {
      if (!current()) return;
      setSlot(slice, role, { error: { doing: 'change', file: corpus.name, message, remedy: null } });
    };
    const own = beginning(corpus.name, true);
    // Other files may be on their way meanwhile.
    const isOwn = () => slice.get()[role].reading?.since === own.since;
    try {
      const next = change(revising ?? recipe);
      const anew = !sameRules(next.reading, recipe.reading);
      setSlot(slice, role, { revising: next, ...(anew && { reading: own }) });
      const outcome = await clients[role].api.revise(made.id, next, (progress) => {
        const { reading } = slice.get()[role];
        if (reading && isOwn()) setSlot(slice, role, { reading: advance(reading, progress) });
      });
      if (outcome.ok && current() && !isBeingReplaced(slice.get()[role])) accept(role, next, outcome.value);
      if (!outcome.ok && outcome.error.name !== 'AbortError') fail(outcome.error.message);
    } catch (error) {
      fail(messageOf(error));
    } finally {
      if (current()) setSlot(slice, role, { revising: null, ...(isOwn() && { reading: null }) });
    }
  };
}

export function createChoiceActions(
  slice: Slice<CorporaState>,
  clients: Clients,
  { setSetting }: Pick<SetupActions, 'setSetting'>,
): Pick<CorporaActions, 'revise' | 'repair' | 'setCuts' | 'compare'> {
  const revise = createRevise(slice, clients);
  let comparison = 0;

  return {
    revise,

    async repair(role, repair) {
      if (repair.in === 'recipe') await revise(role, (recipe) => repaired(recipe, repair));
      else setSetting(...settingOf(repair), repair.value);
    },

    setCuts: (role, task, cuts) => moveCuts(slice, role, task, cuts),

    async compare() {
      const { source, target, pair, differences } = slice.get();
      if (!source.corpus || !target.corpus || !pair || pair.shared === 0 || differences.current) return;
      const mine = ++comparison;
      const pairOf = () => [slice.get().source.corpus?.values, slice.get().target.corpus?.values];
      const asked = pairOf();
      const tell = (change: Partial<Differences>) => {
        const same = pairOf().every((values, i) => values === asked[i]);
        if (mine === comparison && same)
          slice.set({ differences: { ...slice.get().differences, ...change } });
      };
      tell({ error: null });
      try {
        const outcome = await clients.target.api.comparePair(source.corpus, target.corpus);
        if (outcome.ok) tell({ report: outcome.value, current: true });
        else tell({ error: outcome.error.message });
      } catch (error) {
        tell({ error: messageOf(error) });
      }
    },
  };
}
