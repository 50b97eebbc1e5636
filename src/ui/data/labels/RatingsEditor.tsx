/** How ratings become classes: where they lie, the two boundaries, and which way the scale runs. */
import { useMemo } from 'react';
import { RATINGS_HEIGHT, ratingBins, ratingsFigure } from '../../../charts/ratingsFigure.ts';
import { CLASSES, type ContinuousLabels, countedRatings, type Task } from '../../../corpus/corpus.ts';
import { turned, turningPoint } from '../../../formats/choices.ts';
import type { RatingsChoice } from '../../../formats/recipe.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { Chart } from '../../chart/Chart.tsx';
import { formatCount } from '../../format.ts';
import { useTheme } from '../../theme.ts';
import { CutHandles } from './CutHandles.tsx';
import { CutsEditor } from './CutsEditor.tsx';
import styles from './Labels.module.css';
import { cutPresets, tidy, withLabels } from './labelChoices.ts';

interface RatingsEditorProps {
  readonly place: Role;
  readonly task: Task;
  readonly labels: ContinuousLabels;
  readonly choice: RatingsChoice;
  readonly disabled: boolean;
}

/** Milliseconds between redraws while a boundary is dragged. */
const INTERVAL = 60;

/** The chart's numbers. */
function Bins({ labels }: { labels: ContinuousLabels }) {
  const bins = useMemo(() => ratingBins(labels), [labels]);
  return (
    <table className={styles.numbers}>
      <thead>
        <tr>
          <th scope="col">{bins.perValue ? 'Rating' : 'Around'}</th>
          {CLASSES.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bins.at.map((rating, bin) => (
          <tr key={rating}>
            <th scope="row">{tidy(rating)}</th>
            {CLASSES.map((name, k) => (
              <td key={name}>{formatCount(bins.counts[k][bin])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Histogram({ place, task, labels, disabled }: Omit<RatingsEditorProps, 'choice'>) {
  const { corpora } = useStudio();
  const theme = useTheme();
  const figure = useMemo(() => ratingsFigure(labels, { theme, title: task }), [labels, theme, task]);
  return (
    <div className={styles.histogram}>
      <Chart
        figure={figure}
        label={`Ratings of ${task} in the ${place}, by class`}
        height={RATINGS_HEIGHT}
        interval={INTERVAL}
      />
      <CutHandles
        name={`${place}, ${task}`}
        cuts={labels.cuts}
        figure={figure}
        disabled={disabled}
        onMove={(cuts) => corpora.setCuts(place, task, cuts)}
      />
    </div>
  );
}

/** Which way the scale runs. */
function Direction({ place, task, labels, choice, disabled }: RatingsEditorProps) {
  const { corpora } = useStudio();
  const from = choice.reversedFrom ?? turningPoint(countedRatings(labels));
  if (!Number.isFinite(from)) return null;
  return (
    <label className={styles.switch}>
      <input
        type="checkbox"
        checked={choice.reversedFrom !== null}
        disabled={disabled}
        onChange={() => void corpora.revise(place, withLabels(task, turned(choice, from)))}
      />
      <span>
        The scale runs the other way <span className="muted">({tidy(from)} − rating)</span>
      </span>
    </label>
  );
}

export function RatingsEditor(props: RatingsEditorProps) {
  const { place, task, labels, disabled } = props;
  const { corpora } = useStudio();
  const { ratings, reversedFrom } = labels;
  const presets = useMemo(
    () => cutPresets(countedRatings({ ratings, reversedFrom })),
    [ratings, reversedFrom],
  );
  return (
    <div className={styles.editor}>
      <Histogram {...props} />
      <div className={styles.tools}>
        <CutsEditor place={place} task={task} labels={labels} disabled={disabled} />
        <fieldset className={styles.presets} aria-label={`Usual boundaries of ${task}`}>
          {presets.map(({ label, cuts }) => (
            <button
              key={label}
              type="button"
              aria-pressed={cuts[0] === labels.cuts[0] && cuts[1] === labels.cuts[1]}
              disabled={disabled}
              onClick={() => corpora.setCuts(place, task, cuts)}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      <Direction {...props} />
      <details>
        <summary>Numbers of this chart</summary>
        <Bins labels={labels} />
      </details>
    </div>
  );
}
