/** Stage 4: the paper's tables with the user's figures, and what the reader must know of them. */
import { tableMarkdown } from '../../experiment/compare/markdown.ts';
import type { Table, TableCell } from '../../experiment/compare/tables.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import page from './Compare.module.css';
import { Copy } from './Copy.tsx';
import { Exports } from './Exports.tsx';
import styles from './Tables.module.css';
import { useDocument } from './useDocument.ts';

/** A table of more columns has its spreads below the means, not beside them. */
const WIDE = 6;

function Figure({ cell }: { cell: TableCell }) {
  if (cell === null) return <span className="muted">–</span>;
  if (cell.kind === 'text') return cell.text;
  const { mean, sd, partial, largest } = cell;
  const value = mean.toFixed(2);
  return (
    <>
      {largest ? <b title="the largest of its group">{value}</b> : value}
      {sd !== null && <small> ± {sd.toFixed(2)}</small>}
      {partial !== null && <small title="seeds done so far"> n = {partial}</small>}
    </>
  );
}

/** Where each group of columns begins, for the line between them. */
function starts(groups: Table['groups']): Set<number> {
  let at = 0;
  return new Set(
    groups.map(({ columns }) => {
      const first = at;
      at += columns.length;
      return first;
    }),
  );
}

function Sheet({ table, number }: { table: Table; number: number }) {
  const { labels, groups, rows, caption } = table;
  const columns = groups.flatMap(({ title, columns }) => columns.map((column) => ({ title, column })));
  const first = starts(groups);
  const wide = columns.length > WIDE;
  return (
    // A table wider than the page scrolls in its box; from the button within by keyboard too.
    <div className={styles.sheet} data-wide={wide}>
      <table>
        <caption>
          <b>Table {number}.</b> {caption}{' '}
          <Copy name={`table ${number} as Markdown`} label="Copy" text={() => tableMarkdown(table, number)} />
        </caption>
        <thead>
          <tr>
            {labels.map((label) => (
              <th key={label} scope="col" rowSpan={2}>
                {label}
              </th>
            ))}
            {groups.map(({ title, columns }) => (
              <th key={title} scope="colgroup" colSpan={columns.length} data-first="true">
                {title}
              </th>
            ))}
          </tr>
          <tr>
            {columns.map(({ title, column }, i) => (
              <th key={`${title} ${column}`} scope="col" data-first={first.has(i)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.labels.join(' ')} data-origin={row.origin}>
              {row.labels.map((label, i) => (
                <th key={labels[i]} scope="row" title={label}>
                  <span className={styles.label}>{label}</span>
                </th>
              ))}
              {row.cells.map((cell, i) => (
                <td key={`${columns[i].title} ${columns[i].column}`} data-first={first.has(i)}>
                  <Figure cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Tables() {
  const { view } = useStudio();
  const paper = useStudioState((s) => s.view.paper);
  const shown = useDocument();
  return (
    <div className={page.panel}>
      <div className={page.panelHead}>
        <label className={page.paper}>
          <input type="checkbox" checked={paper} onChange={(e) => view.set({ paper: e.target.checked })} />
          <span>
            The paper’s figures{' '}
            <span className="muted">of another corpus pair: IEMOCAP → CreativeIT / MSP-IMPROV</span>
          </span>
        </label>
        <Exports />
      </div>
      {shown ? (
        <>
          {shown.tables.map((table, i) => (
            <Sheet key={table.key} table={table} number={i + 1} />
          ))}
          <ul className={styles.notes} aria-label="Notes on the tables">
            {shown.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className={page.empty}>The tables of the paper, with your figures in them.</p>
      )}
    </div>
  );
}
