/** What every use of the trainer worker begins with: what the machine offers, and both corpora in the worker. */
import type { BackendReport } from '../../workers/protocol.ts';
import type { Clients } from './clients.ts';
import type { CorporaState } from './corpora.ts';
import type { MachineState } from './run.ts';
import type { Slice } from './slice.ts';

export interface Preparation {
  /** The machine's backends, asked for once. */
  backends(): Promise<BackendReport>;
  /** Gives the trainer the corpora it does not have yet; false while one is missing. */
  load(): Promise<boolean>;
}

export function createPreparation(
  { trainer }: Clients,
  machine: Slice<MachineState>,
  corpora: () => CorporaState,
): Preparation {
  let held: readonly unknown[] = [];
  return {
    async backends() {
      const known = machine.get().backends ?? (await trainer.api.backends());
      machine.set({ backends: known });
      return known;
    },

    async load() {
      const source = corpora().source.corpus;
      const target = corpora().target.corpus;
      if (!source || !target) return false;
      const wanted = [trainer.generation(), source, target];
      if (wanted.every((part, i) => part === held[i])) return true;
      await trainer.api.load(source, target);
      held = [trainer.generation(), source, target];
      return true;
    },
  };
}
