/** Stage 5 of the data page: the corpora as they are used, and the last run's samples, as files of three formats. */
import { SYNTHETIC_TYPES, type SyntheticType } from '../../../experiment/events.ts';
import type { SheetFormat } from '../../../formats/write.ts';
import { ROLES, type Role } from '../../../store/corpora.ts';
import { useStudio, useStudioState } from '../../../store/react.tsx';
import type { ReadyFile } from '../../../store/saving.ts';
import { formatBytes, plural } from '../../format.ts';
import { downloadBlob } from '../../results/download.ts';
import { Stage } from '../../shell/Stage.tsx';
import styles from './Save.module.css';

const FORMATS: readonly { readonly format: SheetFormat; readonly title: string; readonly use: string }[] = [
  { format: 'csv', title: 'CSV', use: 'for any program' },
  { format: 'arff', title: 'ARFF', use: 'for Weka' },
  { format: 'parquet', title: 'Parquet', use: 'for pandas, R and Arrow: small and quick' },
];

const MADE_FROM: Record<SyntheticType, string> = {
  A: 'source → target → source',
  B: 'source → target',
  C: 'target → source',
};

interface LineProps {
  /** In small letters, as within a sentence. */
  readonly name: string;
  readonly about: string;
  readonly available: boolean;
  readonly save: (format: SheetFormat) => Promise<ReadyFile | null>;
}

/** One thing that can be saved, with a button a format. */
function Line({ name, about, available, save }: LineProps) {
  const writing = useStudioState((s) => s.saving.writing !== null);
  const give = async (format: SheetFormat) => {
    const file = await save(format);
    if (file) downloadBlob(file.name, file.blob);
  };
  return (
    <li>
      <span className={styles.about}>
        <b className={styles.name}>{name}</b>
        <span className="muted small ellipsis" title={about}>
          {about}
        </span>
      </span>
      <span className={styles.buttons}>
        {FORMATS.map(({ format, title, use }) => (
          <button
            key={format}
            type="button"
            disabled={!available || writing}
            title={use}
            aria-label={`Save ${name} as ${title}`}
            onClick={() => void give(format)}
          >
            {title}
          </button>
        ))}
      </span>
    </li>
  );
}

function CorpusLine({ place }: { place: Role }) {
  const { saving } = useStudio();
  const corpus = useStudioState((s) => s.corpora[place].corpus);
  const about = corpus
    ? `${corpus.name}: ${plural(corpus.rows, 'row')}, ${plural(corpus.features.length, 'feature')}`
    : 'nothing has been read yet';
  return (
    <Line
      name={`${place} corpus`}
      about={about}
      available={corpus !== null}
      save={(format) => saving.corpus(place, format)}
    />
  );
}

function SamplesLine({ type }: { type: SyntheticType }) {
  const { saving } = useStudio();
  const available = useStudioState((s) => s.run.made.includes(type));
  return (
    <Line
      name={`samples ${type}`}
      about={MADE_FROM[type]}
      available={available}
      save={(format) => saving.samples(type, format)}
    />
  );
}

/** What is being written, or was. */
function Status() {
  const { writing, saved, error } = useStudioState((s) => s.saving);
  return (
    <>
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <div role="status" className={styles.status}>
        {writing ? (
          <>
            <span>
              Writing <b>{writing.file}</b>
              {writing.bytes > 0 && `: ${formatBytes(writing.bytes)} so far`}
            </span>
            <progress aria-label={`Writing ${writing.file}`} />
          </>
        ) : (
          saved && (
            <span>
              <b>{saved.file}</b> saved: {plural(saved.rows, 'row')}, {formatBytes(saved.bytes)}
            </span>
          )
        )}
      </div>
    </>
  );
}

export function SaveStage() {
  const made = useStudioState((s) => s.run.made.length > 0);
  const some = useStudioState(({ corpora }) => ROLES.some((role) => corpora[role].corpus !== null));
  const replaced = useStudioState((s) => s.run.corpora?.replaced ?? false);
  return (
    <Stage
      number={5}
      name="Save"
      state={some ? 'ready' : 'waiting'}
      aside={<p>What is saved reads back as the same numbers, classes and speakers.</p>}
    >
      <div className={styles.panel}>
        <section aria-labelledby="save-corpora">
          <h3 id="save-corpora">Corpora</h3>
          <p className="muted small">
            As they are used: mended, with speakers and classes, in original units.
          </p>
          <ul className={styles.lines}>
            {ROLES.map((role) => (
              <CorpusLine key={role} place={role} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="save-samples">
          <h3 id="save-samples">Synthetic samples</h3>
          <p className="muted small">
            {made
              ? `All samples of the last run, in original units.${replaced ? ' It ran on other corpora, or other classes of them, than those loaded now.' : ''}`
              : 'None yet: a run makes them when the GAN has been trained.'}
          </p>
          <ul className={styles.lines}>
            {SYNTHETIC_TYPES.map((type) => (
              <SamplesLine key={type} type={type} />
            ))}
          </ul>
        </section>
        <Status />
      </div>
    </Stage>
  );
}
