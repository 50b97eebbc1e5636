/**
 * Joins all label tables to utterances: each table by itself, then each of its columns. Where several say the same kind
 * of thing of an utterance, the first that says anything counts, and a contradiction is told. Nothing is dropped in
 * silence: the report says how rows were matched and which are left on either side.
 */
import type { LabelTable, TextColumn } from './intake.ts';
import { joinTable, type LabelJoin, type Utterances } from './join.ts';
import { isAbsent } from './labels.ts';
import { cellNumber } from './numbers.ts';
import type { JoinReport, Sample } from './report.ts';
import { counted, shortened } from './shorten.ts';
import { columnsByKey } from './uniteLabels.ts';
import type { Warn } from './warnings.ts';

/** Labels as columns of the utterances. */
export interface JoinedLabels {
  /** A cell an utterance; empty where no table says anything. */
  readonly columns: readonly (TextColumn & {
    /** The table that has the column; of several the first. */
    readonly table: string;
  })[];
  readonly report: JoinReport;
}

interface Join extends LabelJoin {
  readonly table: LabelTable;
}

/** A column that grows table by table. */
interface Growing {
  readonly head: TextColumn;
  /** The tables that have it. */
  readonly tables: string[];
  readonly cells: string[];
  /** Utterances of which a later table says something else: how many, and the first. */
  clashes: number;
  firstClash: number;
}

const MOST_EXAMPLES = 10;
/** Tables that are named one by one. */
const MOST_NAMES = 3;

const sampleOf = (names: readonly string[]): Sample => ({
  count: names.length,
  examples: names.slice(0, MOST_EXAMPLES),
});

/** Whether two cells say the same, also where one says it in other figures (`2.5`, `2.5000`). */
function sameCell(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  const number = cellNumber(a, '.');
  return number !== null && number === cellNumber(b, '.');
}

/** Fills what a column does not say yet by what another says. */
function fill(column: Growing, cells: readonly string[]): void {
  cells.forEach((cell, u) => {
    if (isAbsent(cell.trim())) return;
    if (isAbsent(column.cells[u].trim())) column.cells[u] = cell;
    else if (!sameCell(column.cells[u], cell) && column.clashes++ === 0) column.firstClash = u;
  });
}

function growColumns(joins: readonly Join[]): Growing[] {
  const columns = new Map<string, Growing>();
  for (const { table, rows } of joins) {
    for (const [key, head] of columnsByKey(table)) {
      if (head.role === 'name' || head.role === 'start' || head.role === 'end') continue;
      const cells = Array.from(rows, (row) => (row < 0 ? '' : head.cells[row]));
      const known = columns.get(key);
      if (known) {
        fill(known, cells);
        known.tables.push(table.name);
      } else columns.set(key, { head, tables: [table.name], cells, clashes: 0, firstClash: -1 });
    }
  }
  return [...columns.values()];
}

function warnClashes(columns: readonly Growing[], names: readonly string[], warn: Warn): void {
  for (const { head, tables, clashes, firstClash } of columns) {
    if (clashes === 0 || head.role === 'ignored') continue;
    const [first, ...others] = tables.map(shortened);
    const message = `${counted(clashes, 'utterance')} of which ${others.join(', ')} says something else than ${first}, which counts; the first is "${shortened(names[firstClash])}".`;
    warn('labels-contradict', `column "${shortened(head.name)}"`, message);
  }
}

function reportOf(names: readonly string[], joins: readonly Join[]): JoinReport {
  const unlabelled = names.filter((_, u) => joins.every(({ rows }) => rows[u] < 0));
  const [first, ...more] = joins.map(({ table }) => table.name);
  return {
    file: joins.length > MOST_NAMES ? `${first} and ${more.length} more` : [first, ...more].join(' and '),
    by: [...new Set(joins.map(({ by }) => by))].join('; '),
    matched: names.length - unlabelled.length,
    unlabelled: sampleOf(unlabelled),
    unused: sampleOf([...new Set(joins.flatMap(({ unused }) => [...unused]))]),
    repeated: sampleOf([...new Set(joins.flatMap(({ repeated }) => repeated))]),
  };
}

/**
 * Joins label tables to utterances.
 * @param tables at least one; what an earlier one says of an utterance counts.
 */
export function joinLabels(utterances: Utterances, tables: readonly LabelTable[], warn: Warn): JoinedLabels {
  const joins = tables.map((table): Join => ({ table, ...joinTable(utterances, table) }));
  const columns = growColumns(joins);
  warnClashes(columns, utterances.names, warn);
  const report = reportOf(utterances.names, joins);
  if (report.unlabelled.count > 0) {
    const which = tables.length === 1 ? 'this label file does not name' : 'none of these label files names';
    const message = `${counted(report.unlabelled.count, 'utterance')} that ${which}.`;
    warn('labels-not-matched', report.file, message);
  }
  for (const { table, rows } of tables.length > 1 ? joins : []) {
    if (table.keys.length === 0 || rows.some((row) => row >= 0)) continue;
    warn('labels-not-matched', table.name, 'No utterance is found in it.');
  }
  return {
    columns: columns.map(({ head, tables: [table], cells }) => ({ ...head, cells, table })),
    report,
  };
}
