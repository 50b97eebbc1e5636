/** What the next run will be: task, preset, backend, seed, settings; and how long it will take here. */
import { isActive } from '../../store/progress.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { BackendSelect, NumberField, PresetSelect, SettingsButton, TaskChoice } from './controls.tsx';
import { Estimate } from './Estimate.tsx';
import styles from './Setup.module.css';

export function Setup() {
  const { setup } = useStudio();
  const seed = useStudioState((s) => s.setup.seed);
  const locked = useStudioState(isBusy);
  const training = useStudioState((s) => isActive(s.run.status));
  return (
    <div className={styles.setup}>
      <TaskChoice locked={locked} />
      <PresetSelect locked={locked} />
      <BackendSelect locked={locked} />
      <NumberField
        label="Seed"
        min={0}
        value={seed}
        onChange={setup.setSeed}
        expected="A whole number from 0 on"
        // A comparison has seeds of its own.
        locked={training}
      />
      <SettingsButton />
      <Estimate />
    </div>
  );
}
