/** The configuration as the file that the command line's `--config` repeats. Pure. */
import { configOf, resolveBackend } from '../../store/setup.ts';
import type { StudioState } from '../../store/studio.ts';

/** The last run's configuration, or the next one's before any, with the backend it runs on where that is known. */
export function configFile({
  run,
  setup,
  machine,
  corpora,
}: Pick<StudioState, 'run' | 'setup' | 'machine' | 'corpora'>): string {
  const config = run.config ?? configOf(setup, corpora);
  const next = machine.backends && resolveBackend(setup.backend, machine.backends);
  const backend = run.backend ?? next ?? undefined;
  return `${JSON.stringify({ ...config, backend }, null, 2)}\n`;
}
