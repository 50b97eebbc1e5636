/** What is decided about a corpus that was read: repairs, labels, speakers. The worker makes the corpus anew. */
import type { Revised } from '../../workers/protocol.ts';
import { TASKS, type Task } from '../corpus/corpus.ts';
import { taskCounts } from '../formats/describe.ts';
import type { ReadingRules, Recipe } from '../formats/recipe.ts';
import type { Clients } from './clients.ts';
import { type CorporaActions, type CorporaState, type Role, setSlot } from './corpora.ts';
import { advance, beginning } from './corporaReading.ts';
import { repaired, settingOf } from './repairs.ts';
import type { SetupActions } from './setup.ts';
import { messageOf, type Slice } from './slice.ts';

const sameRules = (a: ReadingRules, b: ReadingRules) => a.ragged === b.ragged && a.words === b.words;

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
  const accept = (role: Role, asked: Recipe, { corpus, report, recipe, sameMatrix }: Revised) => {
    const { corpus: before, revising } = slice.get()[role];
    // The same numbers stay the same array: what was computed of them is not out of date.
    const same = sameMatrix && before ? { values: before.values, features: before.features } : {};
    const next = { corpus: { ...corpus, ...same }, report, recipe };
    setSlot(slice, role, { ...next, revising: null, error: null });
    for (const task of TASKS) {
      const choice = revising?.labels[task];
      if (choice?.from === 'ratings' && choice !== asked.labels[task]) {
        moveCuts(slice, role, task, choice.cuts);
      }
    }
  };

  return async (role, change) => {
    const { recipe, revising, corpus, reading } = slice.get()[role];
    // What is being read takes the corpus's place: there is nothing to decide about it any more.
    if (!recipe || !corpus || (reading && !revising)) return;
    const mine = ++revisions[role];
    // What was read since then has values, and a recipe, of its own.
    const current = () => revisions[role] === mine && slice.get()[role].corpus?.values === corpus.values;
    const fail = (message: string) => {
      if (!current()) return;
      setSlot(slice, role, { error: { doing: 'change', file: corpus.name, message, remedy: null } });
    };
    const own = beginning(corpus.name);
    // Other files may be on their way meanwhile.
    const isOwn = () => slice.get()[role].reading?.since === own.since;
    try {
      const next = change(revising ?? recipe);
      const anew = !sameRules(next.reading, recipe.reading);
      setSlot(slice, role, { revising: next, ...(anew && { reading: own }) });
      const outcome = await clients[role].api.revise(next, (progress) => {
        const { reading } = slice.get()[role];
        if (reading && isOwn()) setSlot(slice, role, { reading: advance(reading, progress) });
      });
      if (outcome.ok && current()) accept(role, next, outcome.value);
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
      const { source, target, pair } = slice.get();
      if (!source.corpus || !target.corpus || !pair || pair.shared === 0) return;
      const mine = ++comparison;
      const { values } = source.corpus;
      const other = target.corpus.values;
      try {
        const outcome = await clients.target.api.comparePair(source.corpus, target.corpus);
        const now = slice.get();
        const same = now.source.corpus?.values === values && now.target.corpus?.values === other;
        if (mine === comparison && same && outcome.ok) slice.set({ differences: outcome.value });
      } catch {
        // The worker is gone, and with it the question; a later look asks again.
      }
    },
  };
}
