/** The labels of one task: the column they are taken from, the classes that come of it, and how. */
import { useId } from 'react';
import type { Task } from '../../../corpus/corpus.ts';
import { TASK_TITLES } from '../../../experiment/compare/config.ts';
import { choiceFor, turned } from '../../../formats/choices.ts';
import type { LabelChoice } from '../../../formats/recipe.ts';
import type { ColumnSummary, QualityIssue, ReadResult } from '../../../formats/report.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { plural } from '../../format.ts';
import { Segmented } from '../../shell/Segmented.tsx';
import { ClassBar } from '../ClassBar.tsx';
import { ColumnSelect } from './ColumnSelect.tsx';
import styles from './Labels.module.css';
import { readings, withLabels } from './labelChoices.ts';
import { RatingsEditor } from './RatingsEditor.tsx';
import { WordsEditor } from './WordsEditor.tsx';

export interface TaskLabelsProps {
  readonly place: Role;
  readonly task: Task;
  /** The corpus as it is, and what is decided about it, even where it is still being made anew by that. */
  readonly made: ReadResult;
  readonly disabled: boolean;
}

/** How many rows each class has. */
function Counts({ task, made: { report } }: Pick<TaskLabelsProps, 'task' | 'made'>) {
  const counts = report.tasks[task];
  if (!counts) return <p className="muted">No labels: {plural(report.rows, 'row')} without a class.</p>;
  const unlabelled = report.rows - counts.low - counts.mid - counts.high;
  return <ClassBar label="Rows" counts={counts} unlabelled={unlabelled} />;
}

const OF_NUMBERS = [
  { value: 'ratings', label: 'Ratings' },
  { value: 'words', label: 'Classes' },
] as const;

interface EditorProps extends TaskLabelsProps {
  readonly column: ColumnSummary;
  readonly choose: (choice: LabelChoice) => void;
}

/** Whether few numbers are ratings to be cut, or each stands for a class. */
function NumbersAre({ task, made, column, disabled, choose }: EditorProps) {
  const offered = column.kind === 'numbers' ? readings(column, task) : null;
  const { from } = made.recipe.labels[task];
  if (!offered || (from !== 'ratings' && from !== 'words')) return null;
  return (
    <div className={styles.kind}>
      <Segmented
        label={`Numbers of ${task} are`}
        hideLabel
        options={OF_NUMBERS}
        value={from}
        disabled={disabled}
        onChange={(kind) => choose(offered[kind])}
      />
    </div>
  );
}

/** What to do where anger is rated less active than sadness. */
function Reversed({ issue, made, disabled, choose }: Omit<EditorProps, 'column'> & { issue: QualityIssue }) {
  const choice = made.recipe.labels.activation;
  const [repair] = issue.repairs;
  if (choice.from !== 'ratings' || typeof repair?.value !== 'number') return null;
  const from = repair.value;
  return (
    <div className={styles.note}>
      <p>
        <b>{issue.where}</b>: {issue.message}
      </p>
      <button type="button" disabled={disabled} onClick={() => choose(turned(choice, from))}>
        {choice.reversedFrom === null ? repair.label : 'Turn it back'}
      </button>
    </div>
  );
}

/** How what stands in the column becomes classes; nothing while labels of another kind are being made. */
function Editor(props: EditorProps) {
  const { place, task, made, column, disabled } = props;
  const choice = made.recipe.labels[task];
  const labels = made.corpus.labels[task];
  if (choice.from === 'words') return <WordsEditor {...{ place, task, column, choice, disabled }} />;
  if (choice.from !== 'ratings' || labels?.kind !== 'continuous') return null;
  return <RatingsEditor {...{ place, task, labels, choice, disabled }} />;
}

export function TaskLabels(props: TaskLabelsProps) {
  const { place, task, made, disabled } = props;
  const { corpora } = useStudio();
  const id = useId();
  const choice = made.recipe.labels[task];
  const chosen = choice.from === 'ratings' || choice.from === 'words' ? choice.column : null;
  const column = made.report.columns.find(({ name }) => name === chosen);
  const reversed = made.report.quality.find(({ code }) => code === 'activation-reversed');
  const choose = (next: LabelChoice) => void corpora.revise(place, withLabels(task, next));
  return (
    <section className={styles.task} aria-labelledby={`labels-${place} ${id}`}>
      <div className={styles.taskHead}>
        <h4 id={id}>{TASK_TITLES[task]}</h4>
        <ColumnSelect
          label="taken from"
          columns={made.report.columns}
          chosen={chosen}
          disabled={disabled}
          onChoose={(next) => choose(next ? choiceFor(next, task) : { from: 'none' })}
        />
        <button
          type="button"
          className="quiet"
          disabled={disabled}
          title="Takes the labels as the file’s columns say by their names"
          onClick={() => choose({ from: 'auto' })}
        >
          As found
        </button>
      </div>
      {task === 'activation' && reversed && <Reversed {...{ ...props, issue: reversed, choose }} />}
      <Counts task={task} made={made} />
      {column && <NumbersAre {...{ ...props, column, choose }} />}
      {column && <Editor {...{ ...props, column, choose }} />}
    </section>
  );
}
