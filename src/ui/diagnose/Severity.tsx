/** The severities as they look everywhere: a word, a colour and a shape of their own. Knows no finding's content. */
import type { Finding, Severity } from '../../diagnosis/finding.ts';
import styles from './Severity.module.css';

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'notice'];

export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  notice: 'Notice',
};

/** The shapes on a field of 16 × 16. */
const SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M8 .2 15.8 8 8 15.8.2 8z',
  warning: 'M8 1.2 15.4 14.6H.6z',
  notice: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
};

/** The worst severity among findings; null where there are none. */
export const worstOf = (findings: readonly Finding[]): Severity | null =>
  SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;

/** The shape of a severity, beside a word that says it. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <svg viewBox="0 0 16 16" className={styles.mark} data-severity={severity} aria-hidden="true">
      <path d={SHAPES[severity]} />
    </svg>
  );
}
