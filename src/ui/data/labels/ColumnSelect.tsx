/** The choice of a column of text, or of none, among those that the files have. */
import { useId } from 'react';
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

/** A summary lists a hundred words at most. */
const MANY = 100;

const describe = ({ name, kind, words }: ColumnSummary): string => {
  const many = words.length >= MANY ? `${MANY}+` : `${words.length}`;
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
