/** One remedy as a button that says what it does now: in this run, in the next one, or why it does nothing. */
import { useState } from 'react';
import type { Remedy } from '../../diagnosis/finding.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Symbols } from '../losses/Label.tsx';
import styles from './Findings.module.css';
import { type RemedyState, remedyState, settingsOf } from './remedies.ts';

function noteOf(state: RemedyState, kind: Remedy['kind']): string {
  switch (state.can) {
    case 'act-now':
      return '';
    case 'wait':
      return 'asked for, with the next step';
    case 'set-next':
      return kind === 'next' ? 'needs a new run' : 'in the next run';
    case 'is-set':
      return 'set for the next run';
    case 'nothing':
      return state.reason;
  }
}

export function RemedyButton({ remedy }: { readonly remedy: Remedy }) {
  const { store, run, setup } = useStudio();
  const [refused, setRefused] = useState<string | null>(null);
  // By what it says, so that nothing is drawn anew while losses stream in.
  const said = useStudioState((s) => JSON.stringify(remedyState(remedy, s)));
  const state = JSON.parse(said) as RemedyState;
  const act = () => {
    if (remedyState(remedy, store.getState()).can === 'act-now' && remedy.kind === 'live') {
      run.change(remedy.request);
      return;
    }
    const errors = settingsOf(remedy).map(({ group, name, value }) => setup.setSetting(group, name, value));
    setRefused(errors.find((error) => error !== null) ?? null);
  };
  const note = refused ? `not set: ${refused}` : noteOf(state, remedy.kind);
  const possible = state.can === 'act-now' || state.can === 'set-next';
  return (
    <button type="button" className={styles.remedy} data-can={state.can} disabled={!possible} onClick={act}>
      <span>
        <Symbols text={remedy.label} />
      </span>
      {note && <small>{note}</small>}
    </button>
  );
}
