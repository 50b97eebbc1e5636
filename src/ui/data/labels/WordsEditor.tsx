/** Which class each word of a column stands for: a table to be edited. */
import { useMemo } from 'react';
import { CLASSES, type Task } from '../../../corpus/corpus.ts';
import { MOST_WORDS } from '../../../formats/columnSummaries.ts';
import type { ColumnSummary } from '../../../formats/report.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { formatCount, plural } from '../../format.ts';
import { Segmented } from '../../shell/Segmented.tsx';
import styles from './Labels.module.css';
import { type ClassName, proposalFor, type WordsChoice, withLabels, withWord } from './labelChoices.ts';

interface WordsEditorProps {
  readonly place: Role;
  readonly task: Task;
  readonly column: ColumnSummary;
  readonly choice: WordsChoice;
  readonly disabled: boolean;
}

const OPTIONS = [...CLASSES, 'none' as const].map((value): { value: ClassName; label: string } => ({
  value,
  label: value,
}));

const classOf = ({ mapping }: WordsChoice, word: string): ClassName =>
  Object.hasOwn(mapping, word) ? mapping[word] : 'none';

function Reset({ place, task, column, choice, disabled }: WordsEditorProps) {
  const { corpora } = useStudio();
  const proposal = proposalFor(column, task);
  if (!proposal) return null;
  const same = column.words.every(({ word }) => classOf(choice, word) === classOf(proposal.choice, word));
  return (
    <button
      type="button"
      className="quiet"
      disabled={disabled || same}
      onClick={() => void corpora.revise(place, withLabels(task, proposal.choice))}
    >
      {proposal.circumplex ? 'Reset to the circumplex' : 'Reset to what the words say'}
    </button>
  );
}

/** What the table does not show, where there is more. */
function Unlisted({ column, choice: { mapping } }: Pick<WordsEditorProps, 'column' | 'choice'>) {
  const mapped = useMemo(() => {
    const listed = new Set(column.words.map(({ word }) => word));
    return Object.keys(mapping).filter((word) => mapping[word] !== 'none' && !listed.has(word)).length;
  }, [column, mapping]);
  if (column.words.length < MOST_WORDS) return null;
  return (
    <p className="muted small">
      The {MOST_WORDS} most frequent words, and rarer ones that stand for a class;{' '}
      {mapped > 0
        ? `${plural(mapped, 'other')} of a class, the rest of none.`
        : 'all others are of no class.'}
    </p>
  );
}

export function WordsEditor(props: WordsEditorProps) {
  const { place, task, column, choice, disabled } = props;
  const { corpora } = useStudio();
  const unmapped = column.words.filter(({ word }) => classOf(choice, word) === 'none');
  return (
    <div className={styles.editor}>
      <div className={styles.scroll}>
        <table className={styles.words}>
          <caption className="hidden-visually">
            Class of each word of “{column.name}” for {task}
          </caption>
          <thead>
            <tr>
              <th scope="col">Word</th>
              <th scope="col">Rows</th>
              <th scope="col">Class</th>
            </tr>
          </thead>
          <tbody>
            {column.words.map(({ word, count }) => (
              <tr key={word} data-unmapped={classOf(choice, word) === 'none'}>
                <th scope="row">{word}</th>
                <td>{formatCount(count)}</td>
                <td>
                  <Segmented
                    label={`${task}: class of ${word}`}
                    hideLabel
                    options={OPTIONS}
                    value={classOf(choice, word)}
                    disabled={disabled}
                    onChange={(name) => void corpora.revise(place, withWord(task, word, name))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.tools}>
        {unmapped.length > 0 && (
          <p className={styles.caution}>
            {plural(unmapped.length, 'word')} without a class: such rows are unlabelled.
          </p>
        )}
        <Unlisted column={column} choice={choice} />
        <Reset {...props} />
      </div>
    </div>
  );
}
