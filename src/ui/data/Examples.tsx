/** Names or lines of what a sentence counts, folded away; says how many are not listed. */
import { formatCount } from '../format.ts';
import { keysOf } from './keys.ts';
import styles from './ReadFiles.module.css';

/** Entries that a list on this page shows before the rest is only counted. */
export const MOST_LISTED = 200;

interface ExamplesProps {
  readonly title: string;
  readonly count: number;
  readonly examples: readonly string[];
}

export function Examples({ title, count, examples }: ExamplesProps) {
  const more = count - examples.length;
  const keys = keysOf(examples);
  return (
    <details className={styles.examples}>
      <summary>{title}</summary>
      <ul>
        {examples.map((example, i) => (
          <li key={keys[i]}>{example}</li>
        ))}
      </ul>
      {more > 0 && <p>… and {formatCount(more)} more</p>}
    </details>
  );
}
