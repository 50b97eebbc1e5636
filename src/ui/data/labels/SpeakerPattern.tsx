/** A pattern that finds the speaker in an utterance's name, and what it finds before it is used. */
import { useEffect, useId, useState } from 'react';
import type { SpeakerPreview } from '../../../../workers/protocol.ts';
import { KNOWN_SPEAKERS } from '../../../formats/knownSpeakers.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { formatCount, plural } from '../../format.ts';
import { keysOf } from '../keys.ts';
import styles from './Labels.module.css';

interface SpeakerPatternProps {
  readonly place: Role;
  readonly utterances: readonly string[];
  /** The pattern in use, or null. */
  readonly used: string | null;
  readonly disabled: boolean;
  readonly onUse: (pattern: string) => void;
}

/** Milliseconds of quiet before a pattern is tried. */
const QUIET = 250;
const OWN = 'a pattern of your own';

/** What a pattern finds in the names; null until that is known. */
function usePreview(place: Role, pattern: string, utterances: readonly string[]): SpeakerPreview | null {
  const { corpora } = useStudio();
  const [found, setFound] = useState<{ pattern: string; preview: SpeakerPreview } | null>(null);
  useEffect(() => {
    if (pattern === '') return;
    let asked = true;
    const timer = setTimeout(async () => {
      const preview = await corpora.previewSpeakers(place, pattern, utterances);
      if (asked) setFound({ pattern, preview });
    }, QUIET);
    return () => {
      asked = false;
      clearTimeout(timer);
    };
  }, [corpora, place, pattern, utterances]);
  return found?.pattern === pattern ? found.preview : null;
}

function Preview({ preview, names }: { preview: SpeakerPreview; names: number }) {
  const { speakers, matched, examples, error } = preview;
  if (error) return <p className={styles.wrong}>{error}</p>;
  const keys = keysOf(examples.map(({ utterance }) => utterance));
  return (
    <>
      <p>
        <b>{plural(speakers, 'speaker')}</b> in {formatCount(matched)} of {plural(names, 'name')}
        {matched < names && (
          <span className={styles.caution}>; {formatCount(names - matched)} without a speaker</span>
        )}
      </p>
      <table className={styles.examples}>
        <thead>
          <tr>
            <th scope="col">Utterance</th>
            <th scope="col">Speaker</th>
          </tr>
        </thead>
        <tbody>
          {examples.map(({ utterance, speaker }, i) => (
            <tr key={keys[i]}>
              <th scope="row">{utterance}</th>
              <td>{speaker ?? <span className={styles.caution}>none</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function SpeakerPattern({ place, utterances, used, disabled, onUse }: SpeakerPatternProps) {
  const id = useId();
  const [pattern, setPattern] = useState(used ?? '');
  const preview = usePreview(place, pattern, utterances);
  const known = KNOWN_SPEAKERS.findIndex((one) => one.pattern === pattern);
  const usable = preview !== null && !preview.error && preview.speakers > 0 && pattern !== used;
  return (
    <div className={styles.editor}>
      <div className={styles.pattern}>
        <label htmlFor={`${id}-known`}>named as in</label>
        <select
          id={`${id}-known`}
          value={known}
          disabled={disabled}
          onChange={({ target }) => setPattern(KNOWN_SPEAKERS[Number(target.value)]?.pattern ?? '')}
        >
          <option value={-1}>{OWN}</option>
          {KNOWN_SPEAKERS.map(({ name }, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-pattern`}>pattern</label>
        <input
          id={`${id}-pattern`}
          type="text"
          spellCheck={false}
          autoComplete="off"
          placeholder="^([^_]+)_"
          value={pattern}
          disabled={disabled}
          aria-invalid={!!preview?.error}
          aria-describedby={`${id}-about ${id}-found`}
          onChange={({ target }) => setPattern(target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && usable) onUse(pattern);
          }}
        />
        <button type="button" disabled={disabled || !usable} onClick={() => onUse(pattern)}>
          {pattern === used ? 'In use' : 'Use it'}
        </button>
      </div>
      <p id={`${id}-about`} className="muted small">
        A regular expression on each name, such as “{utterances[0]}”. What its groups ( ) catch is the
        speaker.
      </p>
      <div id={`${id}-found`} aria-live="polite" className={styles.found}>
        {preview ? (
          <Preview preview={preview} names={utterances.length} />
        ) : (
          pattern !== '' && <p className="muted">Looking …</p>
        )}
      </div>
    </div>
  );
}
