/** What the reader decided on the user's behalf: the first few, the rest folded away. */
import type { Warning } from '../../formats/report.ts';
import { plural } from '../format.ts';
import styles from './Corpus.module.css';
import { keysOf } from './keys.ts';

/** Warnings shown before the rest is folded away. */
const SHOWN = 3;

function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  const keys = keysOf(warnings.map(({ code, where }) => `${code} ${where}`));
  return (
    <ul>
      {warnings.map(({ where, message, code }, i) => (
        <li key={keys[i]}>
          <b>{where}</b>: {message} <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return (
    <div className={styles.warnings}>
      <WarningList warnings={warnings.slice(0, SHOWN)} />
      {warnings.length > SHOWN && (
        <details>
          <summary>{plural(warnings.length - SHOWN, 'more warning')}</summary>
          <WarningList warnings={warnings.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}
