/** The place of one corpus: drop or choose a file, watch it being read, see what was read or why not. */
import { useState } from 'react';
import { useDropzone } from 'react-dropzone';
import type { Reading, Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { formatBytes, formatDuration, plural } from '../format.ts';
import styles from './Corpus.module.css';
import { CorpusCard } from './CorpusCard.tsx';

const TITLES: Record<Role, { readonly title: string; readonly hint: string }> = {
  source: { title: 'Source corpus', hint: 'labelled: the recogniser learns from it' },
  target: { title: 'Target corpus', hint: 'to be recognised; its labels only score and colour' },
};

function ReadingRow({ reading, onCancel }: { reading: Reading; onCancel: () => void }) {
  const { progress, remainingMs, file } = reading;
  const share = progress && progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : null;
  const parts = [
    progress ? `${formatBytes(progress.bytesRead)} of ${formatBytes(progress.bytesTotal)}` : 'starting',
    progress && plural(progress.rows, 'row'),
    share !== null && share >= 1
      ? 'finishing'
      : remainingMs !== null && `${formatDuration(remainingMs)} left`,
  ].filter(Boolean);
  return (
    <div className={styles.reading}>
      <span className="ellipsis" title={file}>
        Reading <b>{file}</b>
      </span>
      <button type="button" className="quiet" onClick={onCancel}>
        Cancel
      </button>
      <progress aria-label={`Reading ${file}`} max={1} value={share ?? undefined} />
      <span className="muted small">{parts.join(' · ')}</span>
    </div>
  );
}

export function CorpusZone({ place }: { place: Role }) {
  const { corpora } = useStudio();
  const { corpus, report, reading, error } = useStudioState((s) => s.corpora[place]);
  const locked = useStudioState(isBusy);
  const [tooMany, setTooMany] = useState(false);
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    multiple: false,
    disabled: locked,
    onDrop: (files, rejections) => {
      setTooMany(rejections.length > 0);
      void corpora.read(place, files);
    },
  });
  const { title, hint } = TITLES[place];
  const input = `file-${place}`;
  return (
    <div {...getRootProps({ className: styles.zone, 'data-drag': isDragActive })}>
      <div className={styles.head}>
        <h3>{title}</h3>
        <span className="muted small">{locked ? 'stop the run or comparison to change it' : hint}</span>
        <input
          {...getInputProps({ id: input, 'aria-label': title, tabIndex: 0 })}
          className={`hidden-visually ${styles.input}`}
          style={undefined}
        />
        <label htmlFor={input} className={`button ${styles.choose}`} data-disabled={locked}>
          Choose file
        </label>
      </div>
      {error && (
        <div role="alert" className={styles.error}>
          {/* Most messages begin with the file's name themselves. */}
          <b className={styles.wrap}>
            {error.message.startsWith(error.file)
              ? 'This file could not be read.'
              : `${error.file} could not be read.`}
          </b>
          <p className={styles.wrap}>{error.message}</p>
          {corpus && <p className="small">Still loaded: {corpus.name}.</p>}
        </div>
      )}
      {tooMany && <p className={styles.error}>One file at a time, please: drop a single file.</p>}
      {corpus && report ? (
        <CorpusCard place={place} corpus={corpus} report={report} locked={locked} />
      ) : (
        <div className={styles.card} data-empty="true" />
      )}
      {reading && <ReadingRow reading={reading} onCancel={() => corpora.cancel(place)} />}
      <p className={styles.dropHint} aria-hidden="true">
        Drop to read it as the {place}
      </p>
    </div>
  );
}
