/** What is decided about a corpus that was read: repairs, labels, speakers. The worker makes the corpus anew. */
import { taskCounts } from '../formats/describe.ts';
import type { Clients } from './clients.ts';
import { type CorporaActions, type CorporaState, type Role, setSlot } from './corpora.ts';
import { messageOf, type Slice } from './slice.ts';

export function createChoiceActions(
  slice: Slice<CorporaState>,
  clients: Clients,
): Pick<CorporaActions, 'revise' | 'setCuts' | 'compare'> {
  const revisions: Record<Role, number> = { source: 0, target: 0 };
  let comparison = 0;

  return {
    async revise(role, change) {
      const { recipe, corpus: before } = slice.get()[role];
      if (!recipe) return;
      const mine = ++revisions[role];
      // What was read since then has a recipe of its own.
      const current = () => revisions[role] === mine && slice.get()[role].corpus === before;
      const fail = (message: string) => {
        if (current()) setSlot(slice, role, { error: { file: before?.name ?? '', message, remedy: null } });
      };
      try {
        const outcome = await clients[role].api.revise(change(recipe));
        if (!outcome.ok) return outcome.error.name === 'AbortError' ? undefined : fail(outcome.error.message);
        if (!current()) return;
        const { corpus, report, recipe: settled, sameMatrix } = outcome.value;
        // The same numbers stay the same array: what was computed of them is not out of date.
        const same = sameMatrix && before ? { values: before.values, features: before.features } : {};
        setSlot(slice, role, { corpus: { ...corpus, ...same }, report, recipe: settled, error: null });
      } catch (error) {
        fail(messageOf(error));
      }
    },

    setCuts(role, task, cuts) {
      const { corpus, report, recipe } = slice.get()[role];
      const labels = corpus?.labels[task];
      const choice = recipe?.labels[task];
      if (!corpus || !report || !recipe || labels?.kind !== 'continuous' || choice?.from !== 'ratings')
        return;
      const moved = { ...corpus.labels, [task]: { ...labels, cuts } };
      setSlot(slice, role, {
        corpus: { ...corpus, labels: moved },
        report: { ...report, tasks: taskCounts(moved) },
        recipe: { ...recipe, labels: { ...recipe.labels, [task]: { ...choice, cuts: [...cuts] } } },
      });
    },

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
