/**
 * A comparison's tables as LaTeX, for a two-column paper with the package booktabs. Knows no figure but those it is
 * given.
 */
import type { ComparisonDocument, Table, TableCell } from './tables.ts';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  // A line that begins with one of these would be read as an argument of the line break before it.
  '[': '{[}',
  '*': '{*}',
  '→': '$\\rightarrow$',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
};

/** Names come from files: what LaTeX would read as a command is shown as it stands. */
const escaped = (text: string) =>
  text.replaceAll(/[\\{}$&#%_~^<>[*→±−–]/g, (character) => SPECIAL[character]).replaceAll(/\s+/g, ' ');

function meanText(cell: TableCell): string {
  if (cell === null) return '--';
  if (cell.kind === 'text') return escaped(cell.text);
  const value = cell.mean.toFixed(2);
  return cell.largest ? `\\textbf{${value}}` : value;
}

/** What stands small below a figure: its spread, and how many seeds it has where not all. */
function spreadText(cell: TableCell): string {
  if (cell?.kind !== 'figure') return '';
  const { sd, partial } = cell;
  const parts = [
    ...(sd === null ? [] : [`$\\pm$${sd.toFixed(2)}`]),
    ...(partial === null ? [] : [`($n=${partial}$)`]),
  ];
  return parts.length === 0 ? '' : `{\\scriptsize ${parts.join(' ')}}`;
}

const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;

/** The two lines of headings: groups, and columns. */
function headLines({ labels, groups }: Table): string[] {
  const spans = groups.map(({ title, columns }) => `\\multicolumn{${columns.length}}{c}{${escaped(title)}}`);
  let first = labels.length + 1;
  const rules = groups.map(({ columns }) => {
    const rule = `\\cmidrule(lr){${first}-${first + columns.length - 1}}`;
    first += columns.length;
    return rule;
  });
  const columns = groups.flatMap((group) => group.columns.map(escaped));
  return [
    line([...labels.map(() => ''), ...spans]),
    rules.join(' '),
    line([...labels.map(escaped), ...columns]),
  ];
}

function rowLines({ labels, cells }: Table['rows'][number]): string[] {
  const spreads = cells.map(spreadText);
  const means = line([...labels.map(escaped), ...cells.map(meanText)]);
  return spreads.every((text) => text === '')
    ? [means]
    : [means, line([...labels.map(() => ''), ...spreads])];
}

function tableLines(table: Table): string[] {
  const figures = table.groups.reduce((sum, { columns }) => sum + columns.length, 0);
  return [
    '\\begin{table*}',
    '\\centering\\small\\setlength{\\tabcolsep}{4pt}',
    `\\caption{${escaped(table.caption)}}\\label{tab:${table.key}}`,
    `\\begin{tabular}{${'l'.repeat(table.labels.length)}${'r'.repeat(figures)}}`,
    '\\toprule',
    ...headLines(table),
    '\\midrule',
    ...table.rows.flatMap(rowLines),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table*}',
    '',
  ];
}

/** The document as LaTeX text to be included after `\begin{document}`, with a line break at its end. */
export function latexOf({ title, tables, notes }: ComparisonDocument): string {
  const lines = [
    '% Needs \\usepackage{booktabs} and UTF-8 input.',
    `\\paragraph{${escaped(title)}}`,
    '',
    ...tables.flatMap(tableLines),
    '\\begin{itemize}',
    ...notes.map((note) => `\\item ${escaped(note)}`),
    '\\end{itemize}',
  ];
  return `${lines.join('\n')}\n`;
}
