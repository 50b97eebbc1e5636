/** A comparison's tables as Markdown (GitHub's pipe tables). Knows no figure but those it is given. */
import type { ComparisonDocument, Table, TableCell } from './tables.ts';

/** Names come from files: what Markdown would read as markup is shown as it stands. */
const escaped = (text: string) => text.replaceAll(/[\\`*_{}[\]<>|#~]/g, '\\$&').replaceAll(/\s+/g, ' ');

function cellText(cell: TableCell): string {
  if (cell === null) return '–';
  if (cell.kind === 'text') return escaped(cell.text);
  const { mean, sd, partial, largest } = cell;
  const value = mean.toFixed(2);
  const spread = sd === null ? '' : ` ± ${sd.toFixed(2)}`;
  const seeds = partial === null ? '' : ` (n = ${partial})`;
  return `${largest ? `**${value}**` : value}${spread}${seeds}`;
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Markdown has no spanning headings: a group's name stands before its first column, where there are several. */
function headings({ labels, groups }: Table): string[] {
  const several = groups.length > 1;
  const columns = groups.flatMap(({ title, columns }) =>
    columns.map((column, i) =>
      several && i === 0 ? `${escaped(title)}: ${escaped(column)}` : escaped(column),
    ),
  );
  return [...labels.map(escaped), ...columns];
}

function tableLines(table: Table, number: number): string[] {
  const heads = headings(table);
  const rule = heads.map((_, i) => (i < table.labels.length ? '---' : '---:'));
  const rows = table.rows.map(({ labels, cells }) => line([...labels.map(escaped), ...cells.map(cellText)]));
  return [`**Table ${number}.** ${escaped(table.caption)}`, '', line(heads), line(rule), ...rows, ''];
}

/** One table as Markdown text, with its number and caption and a line break at its end. */
export const tableMarkdown = (table: Table, number: number): string => tableLines(table, number).join('\n');

/** The document as Markdown text, with a line break at its end. */
export function markdownOf({ title, tables, notes }: ComparisonDocument): string {
  const lines = [
    `# ${escaped(title)}`,
    '',
    ...tables.flatMap((table, i) => tableLines(table, i + 1)),
    ...notes.map((note) => `- ${escaped(note)}`),
  ];
  return `${lines.join('\n')}\n`;
}
