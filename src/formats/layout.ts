/**
 * How the cells of a file's rows are to be read: which are numbers, which are kept as text. Settled once, from
 * the header and the first row, before the fast loop begins.
 */
import { type Column, labelLike, namesUtterances } from './columns.ts';
import { cellNumber } from './numbers.ts';
import type { Quoting } from './records.ts';
import { FormatError } from './report.ts';
import { restoredName } from './restoredNames.ts';
import { counted, listed } from './shorten.ts';
import type { Warn } from './warnings.ts';

/** What to do with a cell. */
export const FEATURE = 0;
export const TEXT = 1;
/** Text as well: of unknown name, with words in the first row; it must not prove to hold numbers. */
export const WORDS = 2;
const SKIP = 3;

export type DecimalSign = '.' | ',';

export interface Layout {
  readonly columns: readonly Column[];
  /** One of the four constants above for each column. */
  readonly kinds: Uint8Array;
  readonly features: readonly string[];
  readonly delimiter: number;
  readonly decimal: DecimalSign;
  readonly quoting: Quoting;
}

/** What columns of unknown name hold, by their name, where that is known before their first cell is seen. */
export type KnownColumns = ReadonlyMap<string, 'feature' | 'words'>;

function kindOf(
  column: Column,
  firstCell: string | undefined,
  decimal: DecimalSign,
  known: KnownColumns,
): number {
  const { name, role } = column;
  if (role === 'words') return WORDS;
  if (role !== 'feature') return name === '' ? SKIP : TEXT;
  const held = known.get(name);
  if (held) return held === 'feature' ? FEATURE : WORDS;
  return firstCell !== undefined && cellNumber(firstCell, decimal) === null ? WORDS : FEATURE;
}

/** @throws FormatError: a table without any column of numbers that could be of labels. */
export function refuseNoFeatures({ columns }: Pick<Layout, 'columns'>, file: string): never {
  throw new FormatError(
    { file, line: 1 },
    `${counted(columns.length, 'column')} (${listed(columns.map((c) => c.name))}) and none of numbers`,
    'at least one column a feature',
    'This may be a file of labels or of file names; choose the file with the features.',
  );
}

/** Columns of numbers that hold labels by their names become columns that are left aside. */
function withoutLabels(columns: readonly Column[], kinds: Uint8Array, warn: Warn): readonly Column[] {
  const like = labelLike(columns.map(({ name }) => name));
  const apart = columns.map((_, c) => like[c] && kinds[c] === FEATURE);
  const names = columns.filter((_, c) => apart[c]).map(({ name }) => name);
  if (names.length === 0) return columns;
  const message =
    'By its name it holds labels, which must not be among the features; left aside, and there to be chosen as labels.';
  warn('label-like-column', those(names), message);
  return columns.map((column, c) => {
    if (!apart[c]) return column;
    kinds[c] = TEXT;
    return { ...column, role: 'ignored' };
  });
}

const those = (names: readonly string[]) => `${counted(names.length, 'column')} ${listed(names)}`;

/**
 * Settles the layout, which may have no features. Features declared twice are read once; columns of labels under names
 * that are not known as such are none.
 */
export function settleLayout(
  declared: readonly Column[],
  firstRow: readonly string[],
  format: Pick<Layout, 'delimiter' | 'decimal' | 'quoting'>,
  warn: Warn,
  known: KnownColumns = new Map(),
): Layout {
  const kinds = Uint8Array.from(declared, (c, i) => kindOf(c, firstRow[i], format.decimal, known));
  const columns = withoutLabels(declared, kinds, warn);
  const features: string[] = [];
  const seen = new Set<string>();
  const again: string[] = [];
  const restored: string[] = [];
  const mayName = (i: number) => namesUtterances(declared, i) && cellNumber(firstRow[i] ?? '', '.') === null;
  const aside = declared
    .filter(({ name, role }, i) => role === 'ignored' && name !== '' && !mayName(i))
    .map(({ name }) => name);
  columns.forEach((column, i) => {
    if (kinds[i] !== FEATURE) return;
    const name = restoredName(column.name);
    if (seen.has(name)) {
      kinds[i] = SKIP;
      again.push(column.name);
      return;
    }
    if (name !== column.name) restored.push(column.name);
    seen.add(name);
    features.push(name);
  });
  if (again.length > 0) {
    warn('duplicate-column', those(again), 'Declared more than once; the first of each is read.');
  }
  if (aside.length > 0) warn('column-ignored', those(aside), 'Not a feature; left aside.');
  if (restored.length > 0) {
    warn(
      'names-restored',
      those(restored),
      "Another program put other signs for brackets, dashes and points; openSMILE's names are used.",
    );
  }
  return { columns, kinds, features, ...format };
}
