/** The place of one corpus: drop or choose files, watch them being read, see what was read or why not. */
import { type ChangeEvent, useId, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { GROUP_LABELS } from '../../charts/palette.ts';
import type { Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import styles from './Corpus.module.css';
import { CorpusCard, type CorpusCardProps } from './CorpusCard.tsx';
import { ReadErrorNote } from './ReadErrorNote.tsx';
import { ReadingRow } from './ReadingRow.tsx';
import { useOutcome } from './useOutcome.ts';
import { withFolder } from './withFolder.ts';

const HINTS: Record<Role, string> = {
  source: 'labelled: the recogniser learns from it',
  target: 'to be recognised; its labels only score and colour',
};

/** The same file may be chosen again once it was corrected: without this the browser says nothing of it. */
const forget = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
  currentTarget.value = '';
};

/** React knows no attribute for it. */
const askForFolder = (input: HTMLInputElement | null) => {
  if (input) input.webkitdirectory = true;
};

/** The two ways beside dropping: files, or a folder with all that is in it. */
function Choose({
  title,
  locked,
  files,
  onFolder,
}: {
  title: string;
  locked: boolean;
  /** Props of the input for files. */
  files: object;
  onFolder: (files: readonly File[]) => void;
}) {
  const id = useId();
  const chosen = ({ currentTarget }: ChangeEvent<HTMLInputElement>) =>
    onFolder([...(currentTarget.files ?? [])]);
  const shared = { tabIndex: 0, className: `hidden-visually ${styles.input}`, onClick: forget };
  return (
    <span className={styles.choose}>
      <input
        {...files}
        {...shared}
        id={`${id}-files`}
        disabled={locked}
        aria-label={title}
        style={undefined}
      />
      <label htmlFor={`${id}-files`} className="button" data-disabled={locked}>
        Choose files
      </label>
      <input
        {...shared}
        id={`${id}-folder`}
        type="file"
        ref={askForFolder}
        disabled={locked}
        aria-label={`${title}: a folder`}
        onChange={chosen}
      />
      <label htmlFor={`${id}-folder`} className="button" data-disabled={locked}>
        Folder
      </label>
    </span>
  );
}

export function CorpusZone({ place, detail }: { place: Role } & Pick<CorpusCardProps, 'detail'>) {
  const { corpora } = useStudio();
  const { corpus, report, reading, error } = useStudioState((s) => s.corpora[place]);
  const locked = useStudioState(isBusy);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const read = (files: readonly File[]) => {
    setUnreadable(null);
    void corpora.read(place, files.map(withFolder));
  };
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    disabled: locked,
    onDrop: read,
    // A folder that may not be looked into, or that went away while it was.
    onError: ({ message }) => setUnreadable(message),
  });
  const outcome = useOutcome(place, 'read');
  const name = GROUP_LABELS[place];
  const title = `${name} corpus`;
  return (
    <div
      {...getRootProps({
        role: 'group',
        'aria-label': `${name}: files`,
        className: styles.zone,
        'data-drag': isDragActive,
      })}
    >
      <div className={styles.head}>
        <h3>{title}</h3>
        <span className={`muted small ${styles.hint}`}>
          {locked ? 'stop the run or comparison to change it' : HINTS[place]}
        </span>
        <Choose title={title} locked={locked} files={getInputProps()} onFolder={read} />
      </div>
      <p role="status" className="hidden-visually">
        {outcome}
      </p>
      {error?.doing === 'read' && (
        <ReadErrorNote
          place={place}
          error={error}
          loaded={corpus?.name ?? null}
          locked={locked || !!reading}
        />
      )}
      {unreadable && (
        <p role="alert" className={styles.error}>
          What was dropped could not be opened: {unreadable}
        </p>
      )}
      {corpus && report ? (
        <CorpusCard place={place} corpus={corpus} report={report} locked={locked} detail={detail} />
      ) : (
        <div className={styles.card} data-empty="true" />
      )}
      {reading && <ReadingRow reading={reading} onCancel={() => corpora.cancel(place)} />}
      <div className={styles.dropHint} aria-hidden="true">
        <p>
          <b>Drop to read it as the {place}</b>
          <span>
            tables of features, several files or a folder (CSV, ARFF, Parquet, gzipped too); a file of labels
            joins the corpus that is there
          </span>
        </p>
      </div>
    </div>
  );
}
