/**
 * How the cells of a file's rows are to be read: which are numbers, which are kept as text. Settled once, from
 * the header and the first row, before the fast loop begins.
 */
import type { Column } from './columns.ts';
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

/** Settles the layout, which may have no features. Features declared twice are read once. */
export function settleLayout(
  columns: readonly Column[],
  firstRow: readonly string[],
  format: Pick<Layout, 'delimiter' | 'decimal' | 'quoting'>,
  warn: Warn,
  known: KnownColumns = new Map(),
): Layout {
  const kinds = Uint8Array.from(columns, (c, i) => kindOf(c, firstRow[i], format.decimal, known));
  const features: string[] = [];
  const seen = new Set<string>();
  const again: string[] = [];
  const restored: string[] = [];
  const aside = columns.filter(({ name, role }) => role === 'ignored' && name !== '').map(({ name }) => name);
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
  const those = (names: readonly string[]) => `${counted(names.length, 'column')} ${listed(names)}`;
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
