/** Reading files, and the demo corpora, into the two places; cancelling it. Decides nothing about what was read. */

import type { MadeCorpus, WorkerFailure } from '../../workers/protocol.ts';
import { parseDemoSize } from '../corpus/demoSize.ts';
import { AUTO_RECIPE, type ReadingRules } from '../formats/recipe.ts';
import type { ReadProgress } from '../formats/report.ts';
import type { Clients } from './clients.ts';
import {
  type CorporaActions,
  type CorporaState,
  type ReadError,
  type Reading,
  ROLES,
  type Role,
  setSlot,
  takeCorpus,
} from './corpora.ts';
import { messageOf, type Slice } from './slice.ts';

/** The seed of the demo corpora: one fixed pair, so that what a lecturer shows can be looked up again. */
const DEMO_SEED = 1;

const DEMO = 'Demo corpora';

/** Reading as it stands when so much has been read. */
export const advance = (reading: Reading, progress: ReadProgress): Reading => {
  const share = progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : 0;
  const spent = performance.now() - reading.since;
  return { ...reading, progress, remainingMs: share > 0.02 ? (spent / share) * (1 - share) : null };
};

export const beginning = (file: string, again = false): Reading => ({
  file,
  again,
  since: performance.now(),
  progress: null,
  remainingMs: null,
});

const nameOf = (files: readonly File[]) => (files.length === 1 ? files[0].name : `${files.length} files`);

/** What an empty folder gives. */
const NO_FILE =
  'There is no file in it. Choose tables of features (CSV, ARFF, Parquet, gzipped too) or files of labels.';

const fault = (file: string, message: string, remedy: ReadError['remedy'] = null): ReadError => ({
  doing: 'read',
  file,
  message,
  remedy,
});

/** What to tell of files that were refused, with the rules under which they are not. */
function readErrorOf(failure: WorkerFailure, files: readonly File[], rules: ReadingRules): ReadError {
  const { message, remedy } = failure;
  return fault(
    nameOf(files),
    message,
    remedy ? { files, rules: { ...rules, ...remedy }, adds: remedy } : null,
  );
}

export function createReadingActions(
  slice: Slice<CorporaState>,
  clients: Clients,
): Pick<CorporaActions, 'loadDemo' | 'read' | 'retry' | 'dismiss' | 'cancel'> {
  const attempts: Record<Role, number> = { source: 0, target: 0 };
  const accept = (role: Role, made: MadeCorpus) => {
    takeCorpus(slice, role, made);
    clients[role].api.settle(made.id).catch(() => undefined);
  };
  const refuse = (role: Role, error: ReadError) => setSlot(slice, role, { reading: null, error });

  const demo = async (role: Role, size: string | undefined) => {
    const attempt = ++attempts[role];
    const fail = (message: string) => {
      if (attempts[role] === attempt) refuse(role, fault(DEMO, message));
    };
    setSlot(slice, role, { reading: beginning(DEMO), error: null });
    try {
      const outcome = await clients[role].api.demo(role, {
        seed: DEMO_SEED,
        ...(size && parseDemoSize(size)),
      });
      if (!outcome.ok) return fail(outcome.error.message);
      if (attempts[role] === attempt) accept(role, outcome.value);
    } catch (error) {
      fail(messageOf(error));
    }
  };

  const read: CorporaActions['read'] = async (role, files, rules = AUTO_RECIPE.reading) => {
    // What is being read goes on.
    if (files.length === 0) return setSlot(slice, role, { error: fault('What was chosen', NO_FILE) });
    const attempt = ++attempts[role];
    const current = () => attempts[role] === attempt;
    const { api } = clients[role];
    const { made, recipe, revising } = slice.get()[role];
    const shown = made && recipe && { id: made.id, recipe: revising ?? recipe };
    setSlot(slice, role, { reading: beginning(nameOf(files)), error: null });
    try {
      const outcome = await api.read(files, rules, shown, (progress) => {
        const { reading } = slice.get()[role];
        if (current() && reading) setSlot(slice, role, { reading: advance(reading, progress) });
      });
      if (!current()) return;
      if (outcome.ok) accept(role, outcome.value);
      else if (outcome.error.name === 'AbortError') setSlot(slice, role, { reading: null });
      else refuse(role, readErrorOf(outcome.error, files, rules));
    } catch (error) {
      if (current()) refuse(role, fault(nameOf(files), messageOf(error)));
    }
  };

  return {
    async loadDemo(size) {
      await Promise.all(ROLES.map((role) => demo(role, size)));
    },

    read,

    async retry(role) {
      const remedy = slice.get()[role].error?.remedy;
      if (remedy) await read(role, remedy.files, remedy.rules);
    },

    dismiss: (role) => setSlot(slice, role, { error: null }),

    cancel(role) {
      attempts[role]++;
      setSlot(slice, role, { reading: null });
      clients[role].api.cancel().catch(() => undefined);
    },
  };
}
