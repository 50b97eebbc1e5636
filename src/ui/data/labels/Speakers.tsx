/** Where the speakers come from: a column, the utterances' names, or nowhere. */
import { memo, useId, useState } from 'react';
import type { NamedColumn } from '../../../corpus/corpus.ts';
import type { SpeakerChoice } from '../../../formats/recipe.ts';
import type { ReadResult } from '../../../formats/report.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { formatCount, plural } from '../../format.ts';
import { Segmented } from '../../shell/Segmented.tsx';
import { MOST_LISTED } from '../Examples.tsx';
import { ColumnSelect } from './ColumnSelect.tsx';
import styles from './Labels.module.css';
import { withSpeakers } from './labelChoices.ts';
import { SpeakerPattern } from './SpeakerPattern.tsx';

interface SpeakersProps {
  readonly place: Role;
  readonly made: ReadResult;
  readonly disabled: boolean;
}

const WAYS = [
  { value: 'none', label: 'None' },
  { value: 'column', label: 'A column' },
  { value: 'pattern', label: 'The names' },
] as const;
type Way = (typeof WAYS)[number]['value'];

const wayOf = ({ from }: SpeakerChoice): Way => (from === 'auto' ? 'none' : from);

/** The speakers there are, with their rows; as they were while boundaries move. */
const Found = memo(function Found({ speakers }: { speakers: NamedColumn | null }) {
  if (!speakers)
    return (
      <p className="muted">
        No speakers: features cannot be scaled speaker by speaker, and tests within the corpus hold out rows
        by chance.
      </p>
    );
  const rows = new Int32Array(speakers.names.length);
  let missing = 0;
  for (const at of speakers.index) {
    if (at < 0) missing++;
    else rows[at]++;
  }
  return (
    <details>
      <summary>
        <b>{plural(speakers.names.length, 'speaker')}</b>
        {missing > 0 && <>, {plural(missing, 'row')} without</>}
      </summary>
      <ul className={styles.speakers}>
        {speakers.names.slice(0, MOST_LISTED).map((name, i) => (
          <li key={name}>
            {name} <span className="muted">{formatCount(rows[i])}</span>
          </li>
        ))}
      </ul>
      {speakers.names.length > MOST_LISTED && (
        <p className="muted">… and {formatCount(speakers.names.length - MOST_LISTED)} more</p>
      )}
    </details>
  );
});

export function Speakers({ place, made, disabled }: SpeakersProps) {
  const { corpora } = useStudio();
  const id = useId();
  const choice = made.recipe.speaker;
  const { name, utterances, values, speakers } = made.corpus;
  // The way looked at, until something is chosen on it, or other rows take the place of those it was looked at for.
  const [looked, look] = useState<{ readonly way: Way; readonly values: Float32Array } | null>(null);
  const way = looked?.values === values ? looked.way : wayOf(choice);
  const choose = (speaker: SpeakerChoice) => {
    look(null);
    void corpora.revise(place, withSpeakers(speaker));
  };
  return (
    <section className={styles.task} aria-labelledby={`labels-${place} ${id}`}>
      <div className={styles.taskHead}>
        <h4 id={id}>Speakers</h4>
        <Segmented
          label={`Speakers of the ${place} are taken from`}
          hideLabel
          options={WAYS}
          value={way}
          disabled={disabled}
          onChange={(next) => (next === 'none' ? choose({ from: 'none' }) : look({ way: next, values }))}
        />
        <button type="button" className="quiet" disabled={disabled} onClick={() => choose({ from: 'auto' })}>
          As found
        </button>
      </div>
      {way === 'column' && (
        <ColumnSelect
          label="column"
          none="choose one"
          columns={made.report.columns}
          chosen={choice.from === 'column' ? choice.column : null}
          disabled={disabled}
          onChoose={(column) => column && choose({ from: 'column', column: column.name })}
        />
      )}
      {way === 'pattern' && (
        <SpeakerPattern
          key={name}
          place={place}
          utterances={utterances}
          used={choice.from === 'pattern' ? choice.pattern : null}
          disabled={disabled}
          onUse={(pattern) => choose({ from: 'pattern', pattern })}
        />
      )}
      <Found speakers={speakers} />
    </section>
  );
}
