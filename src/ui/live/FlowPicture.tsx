/** What a step of the GAN computes, where and in which order, with its latest values; slowed down, term by term. */
import { useMemo } from 'react';
import type { LossSeries } from '../../experiment/lossColumns.ts';
import { useStudioState } from '../../store/react.tsx';
import { formatLoss, plural } from '../format.ts';
import { DataFlow } from '../shell/DataFlow.tsx';
import { type FlowMark, type FlowTerm, flowTermsOf } from '../shell/flow.ts';
import { Terms } from '../shell/Terms.tsx';
import styles from './Flow.module.css';
import type { Learners } from './liveFields.ts';
import { useReplay } from './useReplay.ts';

/** How long a single step is played. */
const SINGLE_STEP_MS = 2400;

interface FlowPictureProps {
  /** The loss terms that a step reports. */
  readonly terms: readonly string[];
  readonly learners: Learners;
  readonly discriminatorSteps: number;
}

/** Milliseconds that the terms of a step are shown in; null where steps go too fast for that. */
function useDuration(): number | null {
  const pace = useStudioState((s) => s.machine.pace);
  const status = useStudioState((s) => s.run.status);
  if (status === 'paused') return SINGLE_STEP_MS;
  return status === 'running' && pace > 0 ? pace : null;
}

const markOf = (
  flow: FlowTerm,
  series: LossSeries | undefined,
  learners: Learners,
  lit: boolean,
): FlowMark => {
  const value = series?.terms[flow.term]?.at(-1);
  const off = flow.update === true && learners !== 'both' && learners !== flow.side;
  const text = off ? 'stays as it is' : value === undefined ? '–' : formatLoss(value);
  return { flow, value: text, state: off ? 'off' : lit ? 'lit' : 'rest' };
};

/** The same as a list, which can be read where the drawing is too small, and aloud. */
function FlowList({ marks }: { marks: readonly FlowMark[] }) {
  return (
    <ol className={styles.list} aria-label="Terms of a step, in the order in which they are computed">
      {marks.map(({ flow, value, state }) => (
        <li key={flow.term} data-state={state} title={flow.note}>
          <span>
            <Terms text={flow.label} />
          </span>
          <b>{value}</b>
        </li>
      ))}
    </ol>
  );
}

export function FlowPicture({ terms, learners, discriminatorSteps }: FlowPictureProps) {
  const flow = useMemo(() => flowTermsOf(terms), [terms]);
  const duration = useDuration();
  const step = useStudioState((s) => s.run.losses.gan?.steps.at(-1) ?? 0);
  const series = useStudioState((s) => s.run.losses.gan);
  const lit = useReplay(step, flow.length, duration);
  const marks = flow.map((term, i) => markOf(term, series, learners, i === lit));
  const now = lit === null ? null : flow[lit];
  const before = discriminatorSteps - 1;
  return (
    <figure className={styles.picture}>
      <div className={styles.drawing}>
        <DataFlow marks={marks} />
      </div>
      <FlowList marks={marks} />
      <figcaption className={styles.caption}>
        <b>{step > 0 ? `Step ${step}` : 'No step of the GAN yet'}</b>{' '}
        <Terms
          text={
            now
              ? `${now.label}: ${now.note}`
              : 'The numbers give the order of a step; the values are the latest, unweighted.'
          }
        />
        {before > 0 && !now && (
          <Terms
            text={` Earlier in every step, D_S and D_T learn ${plural(before, 'time')} more, from batches of their own.`}
          />
        )}
      </figcaption>
    </figure>
  );
}
