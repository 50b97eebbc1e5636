/**
 * The text columns of several files by name, each a cell an utterance, with decimal points and with names for
 * utterances that only their files name. Reads no bytes.
 */

import { namesUtterances } from './columns.ts';
import { refuseWord } from './faults.ts';
import { utterancesOf } from './fileNames.ts';
import type { TextColumn } from './intake.ts';
import { WORDS } from './layout.ts';
import { cellNumber, isMissing } from './numbers.ts';
import type { ReadingRules } from './recipe.ts';
import { shortened } from './shorten.ts';
import type { Part } from './union.ts';
import type { Warn } from './warnings.ts';

/** openSMILE's and other programs' names for an utterance that was given none. */
const NO_NAME = new Set(['unknown', 'noname', 'no_name', 'unnamed', 'untitled', 'none']);

/** Columns left aside for a word in their first row hold numbers: the files are to be read again with them. */
export class LateNumbers extends Error {
  constructor(readonly columns: readonly string[]) {
    super('Columns hold numbers below a word.');
  }
}

interface Building {
  readonly column: Omit<TextColumn, 'cells'>;
  readonly cells: string[];
  /** True for a column of unknown name that began with a word. */
  readonly words: boolean;
}

const withPoint = (cell: string) =>
  /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i.test(cell) ? cell.replace(',', '.') : cell;

/** Puts the files' columns of one name together; a file that lacks one has empty cells there. */
function unite(parts: readonly Part[], rows: number): Building[] {
  const building = new Map<string, Building>();
  for (const { table } of parts) {
    const { columns, kinds, decimal } = table.layout;
    const times = new Map<string, number>();
    columns.forEach(({ name, role }, c) => {
      if (!table.keepsText(c)) return;
      const time = times.get(name) ?? 0;
      times.set(name, time + 1);
      const key = `${time} ${name}`;
      let united = building.get(key);
      if (!united) {
        const cells = parts.length === 1 ? table.texts[c] : new Array<string>(rows).fill('');
        united = { column: { name, number: c + 1, role }, cells, words: kinds[c] === WORDS };
        building.set(key, united);
      }
      const pointed = decimal === ',' && role !== 'name';
      if (parts.length === 1 && !pointed) return;
      for (let r = 0; r < table.rows; r++) {
        const cell = table.texts[c][r];
        united.cells[table.firstRow + r] = pointed ? withPoint(cell) : cell;
      }
    });
  }
  return [...building.values()];
}

/** A column left aside for a word in its first row must not hold numbers below it. @throws FormatError, LateNumbers */
function checkWords(
  columns: readonly Building[],
  parts: readonly Part[],
  rules: ReadingRules,
  warn: Warn,
): void {
  const late: string[] = [];
  for (const { column, cells, words } of columns) {
    if (!words) continue;
    // Where no cell is a word, numbers with another decimal sign than the file's stand there: the first is at fault.
    let [first, numbers, others] = [0, 0, 0];
    cells.forEach((cell, row) => {
      const number = cellNumber(cell, '.') ?? cellNumber(cell, ',');
      if (number === null) {
        if (others++ === 0) first = row;
      } else if (!Number.isNaN(number)) numbers++;
    });
    const text = shortened(cells[first] ?? '');
    if (column.role === 'feature' && numbers > others) {
      late.push(column.name);
      if (rules.words === 'refuse') refuseFirst(column, text, first, parts);
    }
    const message = `It holds words ("${text}"); left aside.`;
    warn('text-column-ignored', `column ${column.number} "${shortened(column.name)}"`, message);
  }
  if (late.length > 0) throw new LateNumbers(late);
}

function refuseFirst({ name }: Building['column'], text: string, row: number, parts: readonly Part[]): never {
  const part = parts.find(({ table }) => row < table.firstRow + table.rows) ?? parts[0];
  const { layout, lines, firstRow } = part.table;
  const address = { file: part.name, line: lines[row - firstRow] };
  refuseWord(
    address,
    layout.columns,
    layout.columns.findIndex((c) => c.name === name),
    text,
  );
}

/** A column called `id`, of words that are all different, names the utterances where nothing else does. */
function nameById(columns: readonly Building[], warn: Warn): Building[] {
  const own = columns.map(({ column }) => column);
  return columns.map((building, c) => {
    const { column, cells } = building;
    const words = namesUtterances(own, c) && cells.every((cell) => cellNumber(cell, '.') === null);
    if (!words || new Set(cells).size < cells.length) return building;
    const message = 'No other column names the utterances; its words do.';
    warn('names-from-id', `column ${column.number} "${column.name}"`, message);
    return { ...building, column: { ...column, role: 'name' } };
  });
}

/** Files of one utterance that is named nothing of its own give it their name. */
function nameByFiles(columns: Building[], parts: readonly Part[], rows: number, warn: Warn): void {
  const single = parts.filter(({ table }) => table.rows === 1);
  if (parts.length < 2 || single.length === 0) return;
  const names = columns.find(({ column }) => column.role === 'name');
  const nameOf = ({ table }: Part) => (names?.cells[table.firstRow] ?? '').trim();
  const allAlike = single.length > 1 && new Set(single.map(nameOf)).size === 1;
  const unnamed = single.filter((part) => {
    const name = nameOf(part);
    return allAlike || isMissing(name) || NO_NAME.has(name.toLowerCase());
  });
  if (unnamed.length === 0) return;
  const cells = names?.cells ?? new Array<string>(rows).fill('');
  if (!names) {
    const number = parts[0].table.layout.columns.length + 1;
    columns.push({ column: { name: 'file', number, role: 'name' }, cells, words: false });
  }
  const found = names ? `is called "${shortened(nameOf(unnamed[0]))}"` : 'has no name';
  const ownNames = utterancesOf(parts.map(({ name }) => name));
  parts.forEach((part, p) => {
    if (unnamed.includes(part)) cells[part.table.firstRow] = ownNames[p];
  });
  const which = unnamed.length === 1 ? 'one file' : `${unnamed.length} files`;
  warn('names-from-files', which, `Their only utterance ${found}; it takes the file's name.`);
}

/**
 * The text columns of all files.
 * @throws FormatError for a column of words that proves to be one of numbers; LateNumbers where the rules want it read.
 */
export function uniteColumns(parts: readonly Part[], rules: ReadingRules, warn: Warn): TextColumn[] {
  const rows = parts.reduce((sum, { table }) => sum + table.rows, 0);
  const united = unite(parts, rows);
  checkWords(united, parts, rules, warn);
  const columns = nameById(united, warn);
  nameByFiles(columns, parts, rows, warn);
  return columns.map(({ column, cells }) => ({ ...column, cells }));
}
