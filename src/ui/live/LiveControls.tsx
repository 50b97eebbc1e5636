/** Who learns and how fast, single steps of one side, and what else can be asked of a GAN in training. */

import { useStudio, useStudioState } from '../../store/react.tsx';
import { Icon } from '../shell/Icon.tsx';
import { Segmented } from '../shell/Segmented.tsx';
import styles from './Live.module.css';
import { LEARNERS, type Learners, liveField, PACES } from './liveFields.ts';
import type { Live } from './useLive.ts';

/** Steps that are added at a click. */
const MORE_STEPS = 200;

const ADVERSARIAL = liveField('adversarial');
const ADVERSARIAL_OPTIONS =
  ADVERSARIAL.kind.type === 'choice'
    ? ADVERSARIAL.kind.options.map((value) => ({ value, label: value }))
    : [];

export function Choices({ live, onSlow }: { live: Live; onSlow: () => void }) {
  const { run } = useStudio();
  const pace = useStudioState((s) => s.machine.pace);
  const { values, locked, set } = live;
  return (
    <div className={styles.row}>
      <Segmented
        label={liveField('learners').title}
        options={LEARNERS}
        value={values.learners ?? 'both'}
        disabled={locked !== null}
        onChange={(learners) => set('learners', learners)}
      />
      <Segmented
        label="Pace"
        options={PACES}
        value={String(pace) as (typeof PACES)[number]['value']}
        onChange={(value) => {
          run.pace(Number(value));
          if (value !== '0') onSlow();
        }}
      />
      <Segmented
        label={ADVERSARIAL.title}
        options={ADVERSARIAL_OPTIONS}
        value={values.adversarial}
        disabled={locked !== null}
        onChange={(kind) => set('adversarial', kind)}
      />
    </div>
  );
}

/** One step of both sides or of one alone, which is then who learns. */
function SingleSteps({ live, onStep }: { live: Live; onStep: () => void }) {
  const { run } = useStudio();
  const paused = useStudioState((s) => s.run.status === 'paused' && s.run.phase === 'gan');
  const step = (learners: Learners) => {
    if (live.values.learners !== learners) live.set('learners', learners);
    run.step();
    onStep();
  };
  return (
    <fieldset className={styles.steps} title={paused ? undefined : 'Pause the run while the GAN trains'}>
      <legend>One step of</legend>
      {LEARNERS.map(({ value, label }) => (
        <button key={value} type="button" disabled={!paused} onClick={() => step(value)}>
          <Icon name="step" /> {label}
        </button>
      ))}
    </fieldset>
  );
}

interface RequestsProps {
  readonly live: Live;
  readonly flow: boolean;
  readonly onFlow: (shown: boolean) => void;
}

export function Requests({ live, flow, onFlow }: RequestsProps) {
  const { run } = useStudio();
  const asked = useStudioState((s) => s.timeline.pending);
  const idle = live.state !== 'live';
  const waiting = (kind: 'finish' | 'restore' | 'extend') =>
    asked.some((request) => request.kind === kind) ? ' …' : '';
  return (
    <div className={styles.row}>
      <SingleSteps live={live} onStep={() => onFlow(true)} />
      <button
        type="button"
        disabled={idle}
        title="Networks and optimisers as they were when the criterion was last measured and finite"
        onClick={() => run.change({ kind: 'restore' })}
      >
        Back to last good networks{waiting('restore')}
      </button>
      <button type="button" disabled={idle} onClick={() => run.change({ kind: 'extend', steps: MORE_STEPS })}>
        {MORE_STEPS} steps more{waiting('extend')}
      </button>
      <button
        type="button"
        disabled={idle}
        title="No further step: on to generating samples"
        onClick={() => run.change({ kind: 'finish' })}
      >
        Finish training now{waiting('finish')}
      </button>
      <button type="button" aria-pressed={flow} onClick={() => onFlow(!flow)}>
        {flow ? 'Hide the flow' : 'Show the flow'}
      </button>
    </div>
  );
}
