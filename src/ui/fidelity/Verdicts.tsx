/** What the figures of fidelity come to: a mark, a word and a sentence each. */
import type { Fidelity, Verdict } from '../../diagnosis/reports.ts';
import styles from './Fidelity.module.css';

/** A word and a shape for each verdict, which colour alone does not tell. */
const LOOKS: Readonly<Record<Verdict, { readonly word: string; readonly path: string }>> = {
  pass: { word: 'yes', path: 'M2.5 8.5 6.5 12.5 13.5 4' },
  warn: { word: 'in part', path: 'M3 8h10' },
  fail: { word: 'no', path: 'M3.5 3.5l9 9M12.5 3.5l-9 9' },
};

export function Verdicts({ verdicts }: Pick<Fidelity, 'verdicts'>) {
  return (
    <ul className={styles.verdicts}>
      {verdicts.map(({ name, verdict, sentence }) => (
        <li key={name} data-verdict={verdict}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={LOOKS[verdict].path} />
          </svg>
          <p>
            <b>
              {name}: {LOOKS[verdict].word}.
            </b>{' '}
            {sentence}
          </p>
        </li>
      ))}
    </ul>
  );
}
