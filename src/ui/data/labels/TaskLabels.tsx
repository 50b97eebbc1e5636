/** The labels of one task: the column they are taken from, the classes that come of it, and how. */
import { useId } from 'react';
import type { Task } from '../../../corpus/corpus.ts';
import { TASK_TITLES } from '../../../experiment/compare/config.ts';
import { choiceFor } from '../../../formats/choices.ts';
import type { LabelChoice } from '../../../formats/recipe.ts';
import type { ReadResult } from '../../../formats/report.ts';
import type { Role } from '../../../store/corpora.ts';
import { useStudio } from '../../../store/react.tsx';
import { ClassBar } from '../ClassBar.tsx';
import { ColumnSelect } from './ColumnSelect.tsx';
import styles from './Labels.module.css';
import { withLabels } from './labelChoices.ts';

export interface TaskLabelsProps {
  readonly place: Role;
  readonly task: Task;
  /** The corpus as it is, and what is decided about it. */
  readonly made: ReadResult;
  readonly disabled: boolean;
}

/** How many rows each class has. */
function Counts({ task, made: { report } }: Pick<TaskLabelsProps, 'task' | 'made'>) {
  const counts = report.tasks[task];
  if (!counts) return <p className="muted">No labels: {report.rows} rows without a class.</p>;
  const unlabelled = report.rows - counts.low - counts.mid - counts.high;
  return <ClassBar label="Rows" counts={counts} unlabelled={unlabelled} />;
}

export function TaskLabels({ place, task, made, disabled }: TaskLabelsProps) {
  const { corpora } = useStudio();
  const id = useId();
  const choice = made.recipe.labels[task];
  const choose = (next: LabelChoice) => void corpora.revise(place, withLabels(task, next));
  return (
    <section className={styles.task} aria-labelledby={id}>
      <div className={styles.taskHead}>
        <h4 id={id}>{TASK_TITLES[task]}</h4>
        <ColumnSelect
          label="taken from"
          columns={made.report.columns}
          chosen={choice.from === 'ratings' || choice.from === 'words' ? choice.column : null}
          disabled={disabled}
          onChoose={(column) => choose(column ? choiceFor(column, task) : { from: 'none' })}
        />
      </div>
      <Counts task={task} made={made} />
    </section>
  );
}
