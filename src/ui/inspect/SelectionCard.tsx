/** Samples that were drawn around or chosen by a cell: how many of what, how they differ from others, as a file. */
import { GROUP_LABELS } from '../../charts/palette.ts';
import { CLASSES } from '../../corpus/corpus.ts';
import { SAMPLE_GROUPS } from '../../diagnosis/samples.ts';
import type { SheetFormat } from '../../formats/write.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { NamedSelection, SelectionPlace } from '../../store/selection.ts';
import { formatCount, formatLoss, plural } from '../format.ts';
import { downloadBlob } from '../results/download.ts';
import { FeatureBars } from './FeatureBars.tsx';
import { GroupMark } from './GroupMark.tsx';
import styles from './Inspect.module.css';
import type { Named } from './sampleText.ts';
import { selectionCounts, wholeGroup } from './selectionCounts.ts';

const FORMATS: readonly { readonly format: SheetFormat; readonly title: string }[] = [
  { format: 'csv', title: 'CSV' },
  { format: 'arff', title: 'ARFF' },
  { format: 'parquet', title: 'Parquet' },
];
const FEATURES = 12;
/** What the list of groups offers beside them. */
const DRAWN = 'drawn';

function Export({ place }: { readonly place: SelectionPlace }) {
  const { selection } = useStudio();
  const writing = useStudioState((s) => s.saving.writing !== null);
  const give = async (format: SheetFormat) => {
    const file = await selection.save(place, format);
    if (file) downloadBlob(file.name, file.blob);
  };
  return (
    <span className={styles.export}>
      {FORMATS.map(({ format, title }) => (
        <button
          key={format}
          type="button"
          disabled={writing}
          aria-label={`Save the ${place} selection as ${title}`}
          onClick={() => void give(format)}
        >
          {title}
        </button>
      ))}
    </span>
  );
}

interface CountsProps {
  readonly place: SelectionPlace;
  readonly chosen: NamedSelection;
  readonly named: Named;
}

/** A selection by group and class, with its files. */
function Counts({ place, chosen, named }: CountsProps) {
  const lines = selectionCounts(chosen.samples, named);
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  return (
    <div className={styles.counts}>
      <table>
        <caption>
          <b>{chosen.label}</b>: {plural(total, 'sample')}
        </caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            {[...CLASSES, 'none'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ group, counts }) => (
            <tr key={group}>
              <th scope="row">
                <GroupMark group={group} />
              </th>
              {counts.map((count, k) => (
                <td key={CLASSES[k] ?? 'none'} data-zero={count === 0}>
                  {formatCount(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Export place={place} />
    </div>
  );
}

/** Chooses what the first selection is compared with: a whole group, or what is drawn next. */
function CompareWith({ named }: { readonly named: Named }) {
  const { selection } = useStudio();
  const awaiting = useStudioState((s) => s.selection.awaiting);
  if (awaiting) {
    return (
      <p className={styles.awaiting} role="status">
        Draw around the samples on the map to compare with.
        <button type="button" className="quiet" onClick={() => selection.awaitSecond(false)}>
          Cancel
        </button>
      </p>
    );
  }
  const choose = (value: string) => {
    if (value === DRAWN) {
      selection.awaitSecond(true);
      return;
    }
    const group = SAMPLE_GROUPS.find((name) => name === value);
    const samples = group && wholeGroup(group, named);
    if (samples) selection.select({ label: `All of ${GROUP_LABELS[group]}`, samples }, { compare: true });
  };
  return (
    <select aria-label="Compare with" value="" onChange={({ target }) => choose(target.value)}>
      <option value="" disabled>
        Compare with …
      </option>
      <option value={DRAWN}>samples that I draw around next</option>
      {SAMPLE_GROUPS.map((group) => (
        <option key={group} value={group} disabled={!wholeGroup(group, named)}>
          all of {GROUP_LABELS[group]}
        </option>
      ))}
    </select>
  );
}

function Comparison() {
  const comparison = useStudioState((s) => s.selection.comparison);
  if (!comparison) return <p className="muted">Comparing …</p>;
  const [first, second] = comparison.rows;
  return (
    <div className={styles.changes}>
      <FeatureBars
        caption="Means that differ most"
        first="First"
        second="Second"
        features={comparison.features.slice(0, FEATURES)}
      />
      <p className="muted small">
        Means of {formatCount(first)} and {formatCount(second)} samples lie {formatLoss(comparison.distance)}{' '}
        per feature apart, scaled. Values are in the units of the files, differences in pooled deviations
        (Cohen’s d).
      </p>
    </div>
  );
}

/** The first selection, and the second where there is one. */
export function SelectionCard({ first, named }: { readonly first: NamedSelection; readonly named: Named }) {
  const { selection } = useStudio();
  const second = useStudioState((s) => s.selection.second);
  return (
    <article className={styles.card} aria-labelledby="inspect-selection">
      <header className={styles.head}>
        <h4 id="inspect-selection">{second ? 'Two selections' : 'Selection'}</h4>
        <CompareWith named={named} />
        <button
          type="button"
          className="quiet"
          aria-label="Clear the selection"
          onClick={() => selection.select(null, { compare: false })}
        >
          Clear
        </button>
      </header>
      <div className={styles.selection}>
        <Counts place="first" chosen={first} named={named} />
        {second && <Counts place="second" chosen={second} named={named} />}
        {second && <Comparison />}
      </div>
    </article>
  );
}
