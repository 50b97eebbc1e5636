/** Files that are being read: how far, how long still, and the way to stop it. */
import type { Reading } from '../../store/corpora.ts';
import { formatBytes, formatDuration, plural } from '../format.ts';
import styles from './Corpus.module.css';

export function ReadingRow({ reading, onCancel }: { reading: Reading; onCancel: () => void }) {
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
