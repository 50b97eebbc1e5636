/** One finding: how bad it is, what it means, the figures that speak for it, what can be done. */
import { useId, useState } from 'react';
import { CLASSES } from '../../corpus/corpus.ts';
import { curveLabel } from '../../diagnosis/curves.ts';
import type { Finding, FindingFigure } from '../../diagnosis/finding.ts';
import type { SampleSelection } from '../../diagnosis/samples.ts';
import { useStudio } from '../../store/react.tsx';
import type { NamedSelection } from '../../store/selection.ts';
import { type Moment, momentShown } from '../../store/timeline.ts';
import { formatCount } from '../format.ts';
import { Symbols } from '../losses/Label.tsx';
import styles from './Findings.module.css';
import { formatMetric } from './formatMetric.ts';
import { useHighlight } from './highlight.tsx';
import { RemedyButton } from './RemedyButton.tsx';
import { SEVERITY_LABELS, SeverityMark } from './Severity.tsx';

/** The samples of a moment that a finding is about; null where it is about none. */
function samplesOf({ type, classIndex }: Finding, moment: Moment | null): NamedSelection | null {
  if (!moment || type === null) return null;
  const { classes } = moment.rows[type];
  const rows = Int32Array.from(classes, (_, row) => row).filter(
    (row) => classIndex === null || classes[row] === classIndex,
  );
  if (rows.length === 0) return null;
  const samples: SampleSelection = { [type]: rows };
  const of = classIndex === null ? '' : `, ${CLASSES[classIndex]}`;
  return { label: `Type ${type}${of}, step ${formatCount(moment.step)}`, samples };
}

function Figure({ figure, finding }: { readonly figure: FindingFigure; readonly finding: Finding }) {
  const { store, selection } = useStudio();
  const { curve, point } = useHighlight();
  const on = curve === figure.curve;
  const show = () => {
    point(on ? null : figure.curve);
    const samples = samplesOf(finding, momentShown(store.getState().timeline));
    if (samples) selection.select(on ? null : samples);
  };
  return (
    <li>
      <button
        type="button"
        className={styles.figure}
        aria-pressed={on}
        title="Show the curve, and the samples on the map"
        onClick={show}
      >
        <span>
          <Symbols text={curveLabel(figure.curve)} />
        </span>
        <b>{formatMetric(figure.value)}</b>
        <small>expected: {figure.expected}</small>
      </button>
    </li>
  );
}

interface FindingCardProps {
  readonly finding: Finding;
  /** Whether all is shown from the beginning, not the title alone. */
  readonly open: boolean;
}

export function FindingCard({ finding, open: begun }: FindingCardProps) {
  const id = useId();
  // Until the reader decides, the card does as it is told.
  const [decided, setDecided] = useState<boolean | null>(null);
  const { severity, title, sentence, figures, remedies, since } = finding;
  const open = decided ?? begun;
  return (
    <article className={styles.card} data-severity={severity} aria-labelledby={id}>
      <p className={styles.kind}>
        <SeverityMark severity={severity} />
        <b>{SEVERITY_LABELS[severity]}</b>
        <span>since step {formatCount(since)}</span>
      </p>
      <h3 id={id}>
        <button
          type="button"
          className={styles.title}
          aria-expanded={open}
          title={open ? 'Show the title alone' : 'Show figures and remedies'}
          onClick={() => setDecided(!open)}
        >
          <span>
            <Symbols text={title} />
          </span>
          <svg className={styles.chevron} viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </button>
      </h3>
      {open && (
        <>
          <p>
            <Symbols text={sentence} />
          </p>
          <ul className={styles.figures}>
            {figures.map((figure) => (
              <Figure key={figure.curve} figure={figure} finding={finding} />
            ))}
          </ul>
          {remedies.length > 0 && (
            <fieldset className={styles.remedies}>
              <legend className="hidden-visually">What can be done</legend>
              {remedies.map((remedy) => (
                <RemedyButton key={remedy.label} remedy={remedy} />
              ))}
            </fieldset>
          )}
        </>
      )}
    </article>
  );
}
