/** The files that a corpus was read from, and how a file of labels fitted to it. */
import type { ReadFile } from '../../formats/intake.ts';
import type { JoinReport, Sample } from '../../formats/report.ts';
import { formatCount, plural } from '../format.ts';
import { Examples } from './Examples.tsx';
import { keysOf } from './keys.ts';
import styles from './ReadFiles.module.css';

/** Files named before the rest is folded away. */
const SHOWN = 3;

const FORMATS: Record<ReadFile['format'], string> = { delimited: 'CSV', arff: 'ARFF', parquet: 'Parquet' };

function FileList({ files }: { files: readonly ReadFile[] }) {
  const keys = keysOf(files.map(({ name }) => name));
  return (
    <ul className={styles.files}>
      {files.map(({ name, format, rows }, i) => (
        <li key={keys[i]}>
          <span className={styles.wrap}>{name}</span>
          <span className="muted">
            {FORMATS[format]}, {plural(rows, 'row')}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function ReadFiles({ files }: { files: readonly ReadFile[] }) {
  const rest = files.slice(SHOWN);
  return (
    <section className={styles.part}>
      <h4>{files.length === 1 ? 'File' : plural(files.length, 'file')}</h4>
      <FileList files={files.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary>{plural(rest.length, 'more file')}</summary>
          <FileList files={rest} />
        </details>
      )}
    </section>
  );
}

/** What did not fit, each kind in words. */
const MISFITS: readonly {
  readonly of: (join: JoinReport) => Sample;
  readonly say: (count: number) => string;
}[] = [
  { of: (join) => join.unlabelled, say: (n) => `${plural(n, 'utterance')} that it does not name` },
  { of: (join) => join.unused, say: (n) => `${plural(n, 'name')} in it that no utterance has` },
  {
    of: (join) => join.repeated,
    say: (n) => `${plural(n, 'name')} given more than once with different content; the first counts`,
  },
];

/** Whether a file of labels fitted, for a heading. */
export const joinTitle = ({ matched }: JoinReport): string =>
  matched === 0 ? 'Labels fit no utterance' : 'Labels joined';

/** What the names of both sides look like where none fits. */
function Strangers({ unused, unlabelled }: JoinReport) {
  return (
    <p className={styles.wrap}>
      The names in it are as <code>{unused.examples[0]}</code>, those of the utterances as{' '}
      <code>{unlabelled.examples[0]}</code>. Is it of another corpus?
    </p>
  );
}

/** How a file of labels fitted, without its title. */
export function JoinNote({ join, rows }: { join: JoinReport; rows: number }) {
  return (
    <>
      <p className={styles.wrap}>
        <b>
          {formatCount(join.matched)} of {plural(rows, 'utterance')}
        </b>{' '}
        found in {join.file}, by {join.by}.
      </p>
      {join.matched === 0 && <Strangers {...join} />}
      {MISFITS.map(({ of, say }) => {
        const { count, examples } = of(join);
        const title = say(count);
        return count > 0 && <Examples key={say(2)} title={title} count={count} examples={examples} />;
      })}
    </>
  );
}
