/** The faults of one corpus, each with its place, its count and what can be done about it. */
import type { QualityIssue, Repair } from '../../formats/report.ts';
import type { Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isInForce } from '../../store/repairs.ts';
import { formatCount } from '../format.ts';
import { Examples } from './Examples.tsx';
import styles from './Quality.module.css';

/** What a kind of fault is called. */
const TITLES: Record<QualityIssue['code'], string> = {
  'missing-cells': 'Missing values',
  'infinite-cells': 'Infinite values',
  'word-cells': 'Words among numbers',
  'ragged-rows': 'Rows of the wrong length',
  'repeated-header': 'Repeated header',
  'empty-rows': 'Empty rows',
  'empty-columns': 'Empty columns',
  'constant-columns': 'Constant columns',
  'duplicate-rows': 'Repeated rows',
  outliers: 'Outliers',
  'activation-reversed': 'Activation turned round?',
};

interface RepairsProps {
  readonly place: Role;
  readonly title: string;
  readonly repairs: readonly Repair[];
  readonly locked: boolean;
}

/** Every choice there is; the one in force is pressed. */
function Repairs({ place, title, repairs, locked }: RepairsProps) {
  const { corpora } = useStudio();
  const recipe = useStudioState(({ corpora: c }) => c[place].revising ?? c[place].recipe);
  const settings = useStudioState((s) => s.setup.settings);
  if (!recipe || repairs.length === 0) return null;
  const forRun = repairs.some((repair) => repair.in === 'run');
  return (
    <fieldset className={styles.repairs} aria-label={`${title}: what is done`}>
      {repairs.map((repair) => (
        <button
          key={`${repair.path} ${repair.value}`}
          type="button"
          disabled={locked}
          aria-pressed={isInForce(repair, recipe, settings)}
          onClick={() => void corpora.repair(place, repair)}
        >
          {repair.label}
        </button>
      ))}
      {forRun && <span className="muted small">for both corpora, in the next run’s settings</span>}
    </fieldset>
  );
}

interface IssuesProps {
  readonly place: Role;
  readonly issues: readonly QualityIssue[];
  readonly locked: boolean;
}

export function QualityIssues({ place, issues, locked }: IssuesProps) {
  return (
    <ul className={styles.issues}>
      {issues.map(({ code, count, where, message, examples, repairs }) => (
        <li key={code}>
          <h4>
            {TITLES[code]} <span className={styles.count}>{formatCount(count)}</span>
          </h4>
          <p className={styles.wrap}>{message}</p>
          <p className={`muted small ${styles.wrap}`}>First: {where}</p>
          {examples.length > 1 && <Examples title="Which" count={count} examples={examples} />}
          <Repairs place={place} title={TITLES[code]} repairs={repairs} locked={locked} />
        </li>
      ))}
    </ul>
  );
}
