/** The choice of a column of text, or of none, among those that the files have. */
import { useId } from 'react';
import { MOST_WORDS } from '../../../formats/columnSummaries.ts';
import type { ColumnSummary } from '../../../formats/report.ts';
import styles from './Labels.module.css';
import { distinctColumns } from './labelChoices.ts';

interface ColumnSelectProps {
  readonly label: string;
  /** What the choice of no column is called. */
  readonly none?: string;
  readonly columns: readonly ColumnSummary[];
  /** The column's name, or null. */
  readonly chosen: string | null;
  readonly disabled: boolean;
  readonly onChoose: (column: ColumnSummary | null) => void;
}

const describe = ({ name, kind, words }: ColumnSummary): string => {
  // A summary lists no more, but for those that stand for a class.
  const many = words.length >= MOST_WORDS ? `${MOST_WORDS}+` : `${words.length}`;
  return `${name || '(no name)'} · ${kind}, ${many} different`;
};

const PLACES = [
  { in: 'labels', label: 'Label file' },
  { in: 'features', label: 'Feature file' },
] as const;

export function ColumnSelect({
  label,
  none = 'nothing',
  columns,
  chosen,
  disabled,
  onChoose,
}: ColumnSelectProps) {
  const id = useId();
  const distinct = distinctColumns(columns);
  const at = distinct.findIndex(({ name }) => name === chosen);
  const places = PLACES.filter((place) => distinct.some((column) => column.in === place.in));
  return (
    <span className={styles.from}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={at}
        disabled={disabled}
        onChange={({ target }) => onChoose(distinct[Number(target.value)] ?? null)}
      >
        <option value={-1}>{none}</option>
        {places.map((place) => (
          <optgroup key={place.in} label={place.label}>
            {distinct.map(
              (column, i) =>
                column.in === place.in && (
                  <option key={column.name} value={i}>
                    {describe(column)}
                  </option>
                ),
            )}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
