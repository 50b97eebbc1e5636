/** What can be changed while the GAN trains, and how fast it goes; folded into one line until it is wanted. */
import { useMemo, useState } from 'react';
import { lossTermsOf } from '../../experiment/config.ts';
import { INITIAL_CORPORA } from '../../store/corpora.ts';
import { useStudioState } from '../../store/react.tsx';
import { configOf } from '../../store/setup.ts';
import { FlowPicture } from './FlowPicture.tsx';
import styles from './Live.module.css';
import { Choices, Requests } from './LiveControls.tsx';
import { LiveSlider } from './LiveSlider.tsx';
import { LEARNERS, PACES, SLIDER_FIELDS } from './liveFields.ts';
import { type Live, useLive } from './useLive.ts';

const NONE: readonly string[] = [];

/** The loss terms of a GAN step: of the run on show or, before there is one, of the run as set up. */
function useGanTerms(): readonly string[] {
  const running = useStudioState((s) => s.run.config);
  const setup = useStudioState((s) => s.setup);
  const config = useMemo(() => running ?? configOf(setup, INITIAL_CORPORA), [running, setup]);
  return useMemo(() => lossTermsOf(config).gan ?? NONE, [config]);
}

/** E.g. "Both learn · full speed · 2 changed, 1 with the next step". */
function Summary({ values, began, pending }: Live) {
  const pace = useStudioState((s) => PACES.find(({ value }) => value === String(s.machine.pace))?.label);
  const learners = LEARNERS.find(({ value }) => value === values.learners)?.label;
  const names = Object.keys(values) as (keyof typeof values)[];
  const changed = names.filter((name) => values[name] !== began[name]).length;
  const parts = [
    learners === 'Both' ? 'Both learn' : `${learners} learns`,
    pace?.toLowerCase(),
    changed === 0 ? 'nothing changed' : `${changed} changed`,
    pending.size > 0 ? `${pending.size} with the next step` : null,
  ];
  return <span className={styles.summary}>{parts.filter(Boolean).join(' · ')}</span>;
}

function Body({ live }: { live: Live }) {
  const [flow, setFlow] = useState(false);
  const terms = useGanTerms();
  const { values, began, pending, locked, set } = live;
  return (
    <div className={styles.body}>
      <Choices live={live} onSlow={() => setFlow(true)} />
      <div className={styles.settings}>
        {SLIDER_FIELDS.map((field) => (
          <LiveSlider
            key={field.name}
            field={field}
            value={values[field.name] ?? 0}
            began={began[field.name] ?? 0}
            pending={pending.has(field.name)}
            disabled={locked !== null}
            onTake={(value) => set(field.name, value)}
          />
        ))}
      </div>
      <Requests live={live} flow={flow} onFlow={setFlow} />
      {locked && <p className="muted small">{locked}</p>}
      {flow && (
        <FlowPicture
          terms={terms}
          learners={values.learners ?? 'both'}
          discriminatorSteps={values.discriminatorSteps}
        />
      )}
    </div>
  );
}

export function LivePanel() {
  const [open, setOpen] = useState(false);
  const live = useLive();
  return (
    <details className={styles.panel} open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <b>Live settings</b> <Summary {...live} />
      </summary>
      {open && <Body live={live} />}
    </details>
  );
}
