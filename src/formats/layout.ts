/**
 * How the cells of a file's rows are to be read: which are numbers, which are kept as text. Settled once, from
 * the header and the first row, before the fast loop begins.
 */
import type { Column } from './columns.ts';
import { restoredName } from './columns.ts';
import { cellNumber } from './numbers.ts';
import type { Quoting } from './records.ts';
import { FormatError } from './report.ts';
import { counted, listed } from './shorten.ts';
import type { Warn } from './warnings.ts';

/** What to do with a cell. */
export const FEATURE = 0;
export const TEXT = 1;
/** Of unknown name, with words in the first row: left aside, unless it proves to hold numbers. */
export const WORDS = 2;
const SKIP = 3;

export interface Layout {
  readonly columns: readonly Column[];
  /** One of the four constants above for each column. */
  readonly kinds: Uint8Array;
  readonly features: readonly string[];
  readonly delimiter: number;
  readonly decimal: '.' | ',';
  readonly quoting: Quoting;
}

const LABEL_ROLES = new Set(['name', 'start', 'end', 'speaker', 'emotion', 'activation', 'valence']);

function kindOf({ role }: Column, firstCell: string | undefined, decimal: '.' | ','): number {
  if (LABEL_ROLES.has(role)) return TEXT;
  if (role === 'ignored') return SKIP;
  if (role === 'words') return WORDS;
  return firstCell !== undefined && cellNumber(firstCell, decimal) === null ? WORDS : FEATURE;
}

function refuseNoFeatures(columns: readonly Column[], file: string): never {
  throw new FormatError(
    { file, line: 1 },
    `${counted(columns.length, 'column')} (${listed(columns.map((c) => c.name))}) and none of numbers`,
    'at least one column a feature',
    'This may be a file of labels or of file names; choose the file with the features.',
  );
}

/**
 * Settles the layout. Features declared twice are read once.
 * @throws FormatError where no column is a feature.
 */
export function settleLayout(
  columns: readonly Column[],
  firstRow: readonly string[],
  format: Pick<Layout, 'delimiter' | 'decimal' | 'quoting'>,
  file: string,
  warn: Warn,
): Layout {
  const kinds = Uint8Array.from(columns, (c, i) => kindOf(c, firstRow[i], format.decimal));
  const features: string[] = [];
  const seen = new Set<string>();
  const again: string[] = [];
  const restored: string[] = [];
  const aside: string[] = [];
  columns.forEach((column, i) => {
    if (kinds[i] === SKIP && column.name !== '') aside.push(column.name);
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
  if (features.length === 0) refuseNoFeatures(columns, file);
  const those = (names: readonly string[]) => `${counted(names.length, 'column')} ${listed(names)}`;
  if (again.length > 0) {
    warn('duplicate-column', those(again), 'Declared more than once; the first of each is read.');
  }
  if (aside.length > 0) warn('column-ignored', those(aside), 'Not a feature; left aside.');
  if (restored.length > 0) {
    warn(
      'names-restored',
      those(restored),
      "Brackets replaced by another program; openSMILE's names are used.",
    );
  }
  return { columns, kinds, features, ...format };
}
