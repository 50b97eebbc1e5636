/** What the reader decided on the user's behalf: the first few, the rest folded away. */
import type { Warning } from '../../formats/report.ts';
import { plural } from '../format.ts';
import styles from './Corpus.module.css';

/** Warnings shown before the rest is folded away. */
const SHOWN = 3;

function WarningItem({ warning }: { warning: Warning }) {
  return (
    <li>
      <b>{warning.where}</b>: {warning.message} <code>{warning.code}</code>
    </li>
  );
}

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return (
    <div className={styles.warnings}>
      <ul>
        {warnings.slice(0, SHOWN).map((w) => (
          <WarningItem key={`${w.code} ${w.where}`} warning={w} />
        ))}
      </ul>
      {warnings.length > SHOWN && (
        <details>
          <summary>{plural(warnings.length - SHOWN, 'more warning')}</summary>
          <ul>
            {warnings.slice(SHOWN).map((w) => (
              <WarningItem key={`${w.code} ${w.where}`} warning={w} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
