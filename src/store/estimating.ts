/**
 * How long a run would take here: asks the trainer worker for its backends, and has it measure a few steps. Knows no run
 * that goes.
 */
import type { Clients } from './clients.ts';
import type { CorporaState } from './corpora.ts';
import type { Preparation } from './preparation.ts';
import type { MachineState } from './run.ts';
import { configOf, resolveBackend, type SetupState } from './setup.ts';
import { messageOf, type Slice } from './slice.ts';

export interface EstimatingActions {
  /** Asks the machine for its backends. */
  inspect(): Promise<void>;
  /** Measures a few steps of the run as set up; a later call makes an earlier one void. */
  estimate(): Promise<void>;
  /** The run as set up is another than the one measured; `due` where it will be measured in a moment. */
  forgetEstimate(due: boolean): void;
}

export interface EstimatingParts {
  readonly machine: Slice<MachineState>;
  readonly preparation: Preparation;
  setup(): SetupState;
  corpora(): CorporaState;
  /** Whether the trainer has something else to do, and no estimate is wanted. */
  isBusy(): boolean;
}

/** `interrupt` makes the estimate under way void, as a run that begins does. */
export function createEstimating(
  { trainer }: Clients,
  { machine, preparation, setup, corpora, isBusy }: EstimatingParts,
): EstimatingActions & { interrupt(): void } {
  let question = 0;

  const measured = async (mine: number): Promise<Partial<MachineState> | null> => {
    const report = await preparation.backends();
    if (!(await preparation.load()) || mine !== question) return null;
    const config = configOf(setup(), corpora());
    const outcome = await trainer.api.estimate(config, resolveBackend(setup().backend, report));
    if (outcome.ok) return { estimate: outcome.value };
    return outcome.error.name === 'AbortError' ? {} : { estimate: null, error: outcome.error.message };
  };

  return {
    async inspect() {
      try {
        await preparation.backends();
      } catch (error) {
        machine.set({ error: messageOf(error) });
      }
    },

    async estimate() {
      const mine = ++question;
      if (isBusy()) return;
      machine.set({ estimating: true, error: null });
      const found = await measured(mine).catch((error: unknown) => ({
        estimate: null,
        error: messageOf(error),
      }));
      if (found && mine === question) machine.set({ estimating: false, ...found });
    },

    forgetEstimate(due) {
      question++;
      machine.set({ estimate: null, estimating: due, error: null });
    },

    interrupt() {
      question++;
      machine.set({ estimating: false });
    },
  };
}
