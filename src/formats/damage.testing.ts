/**
 * Damages files in known places, and tells whether a reading of a damaged file is explained: every row that differs from
 * the undamaged file's was touched, and what is no change within a damaged cell is reported. Reads nothing itself.
 */
import fc from 'fast-check';
import { type Dialect, encoded, type Piece } from './dialects.testing.ts';
import type { Intake } from './intake.ts';

export type Damage =
  | { readonly kind: 'delete' | 'double'; readonly place: number; readonly what: Target }
  | {
      readonly kind: 'insert' | 'replace';
      readonly place: number;
      readonly text: string;
      readonly what: Target;
    }
  | { readonly kind: 'cut'; readonly place: number };

/** What is damaged: a letter, or a piece of the file (a cell, a separator, a line end). */
type Target = 'letter' | 'piece';

const place = fc.nat(1_000_000);
const what = fc.constantFrom<Target>('letter', 'letter', 'piece');
const delicate = fc.constantFrom(
  ...',;\t"\'\n\r\\% {}?-.0e+xX\0\uFEFF\uFFFDé',
  '""',
  '\n\n',
  '\r\n',
  'NaN',
  '9'.repeat(400),
);

export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constantFrom('delete', 'double'), place, what } as const),
  fc.record({ kind: fc.constantFrom('insert', 'replace'), place, text: delicate, what } as const),
  fc.record({ kind: fc.constant('cut'), place } as const),
);

export interface Damaged {
  readonly pieces: readonly Piece[];
  /** The rows that the damage may have changed, from the first on; −1 is all that stands before the first row. */
  readonly first: number;
  readonly last: number;
  /** The columns whose cells may have changed: the damaged one, or those beside a damaged separator. */
  readonly columns: readonly string[];
  readonly cut: boolean;
}

const changed = (pieces: readonly Piece[], at: number, text: string): Piece[] =>
  pieces.map((piece, i) => (i === at ? { ...piece, text } : piece));

/** Applies a damage to a file's pieces. */
export function damage(pieces: readonly Piece[], d: Damage): Damaged {
  const at = d.place % pieces.length;
  const piece = pieces[at];
  const { text, row, column } = piece;
  const offset = Math.floor(d.place / pieces.length) % text.length;
  // A line end that is damaged joins its row with the next, or splits the next from its beginning.
  const beside = column === '' ? [pieces[at - 1], pieces[at + 1]] : [piece];
  const columns = beside.flatMap((p) => (p && p.column !== '' ? [p.column] : []));
  const touched = { first: row, last: column === '' ? row + 1 : row, columns };
  if (d.kind === 'cut') {
    const kept = [...pieces.slice(0, at), { ...piece, text: text.slice(0, offset) }];
    return { pieces: kept, ...touched, last: Number.MAX_SAFE_INTEGER, cut: true };
  }
  const [from, to] = d.what === 'piece' ? [0, text.length] : [offset, offset + 1];
  const own = text.slice(from, to);
  const replacement = { delete: '', double: own + own, insert: '', replace: '' }[d.kind];
  const put = d.kind === 'insert' ? d.text + own : d.kind === 'replace' ? d.text : replacement;
  return { pieces: changed(pieces, at, text.slice(0, from) + put + text.slice(to)), ...touched, cut: false };
}

/** Flips, deletes or inserts a byte anywhere in a file; where that is, is known of UTF-8 and UTF-16 alike. */
export function damageByte(
  pieces: readonly Piece[],
  encoding: Dialect['encoding'],
  where: number,
  change: (bytes: Uint8Array, at: number) => Uint8Array,
): { readonly bytes: Uint8Array; readonly row: number } {
  const bytes = encoded(pieces.map((p) => p.text).join(''), encoding);
  const at = where % bytes.length;
  let end = 0;
  const hit = pieces.find(({ text }) => {
    end += encoded(text, encoding).length;
    return at < end;
  });
  return { bytes: change(bytes, at), row: hit?.row ?? -1 };
}

/** What a reading noticed, as one text: the same for two readings that noticed the same. */
const noticesOf = ({ faults, notes }: Intake): string =>
  JSON.stringify([faults, notes.map(({ code, where }) => [code, where])]);

/** Names of the columns in which two rows differ, numbers to the last bit; a number reported as a word is explained. */
function differences(good: Intake, g: number, bad: Intake, b: number): string[] {
  const [wide, narrow] = [good.features.length, bad.features.length];
  const numbers = bad.features.filter((name, f) => {
    const [x, y] = [good.values[g * wide + good.features.indexOf(name)], bad.values[b * narrow + f]];
    return !Object.is(x, y) && !(bad.faults.words && Number.isNaN(y));
  });
  const texts = good.columns.filter(
    ({ name, cells }) => cells[g].trim() !== bad.columns.find((c) => c.name === name)?.cells[b].trim(),
  );
  return [...numbers, ...texts.map(({ name }) => name)];
}

/** True where nothing differs but cells of the damaged columns. */
const within = (different: readonly string[], columns: readonly string[]) =>
  different.every((name) => columns.includes(name));

/**
 * Why a reading of a damaged file is not explained; null where it is. Rows before and behind those touched must be
 * there, in order and equal to the last bit. In those touched, more than the damaged cell may differ, and their number
 * may change, only where the reading noticed something that it did not notice of the undamaged file.
 */
export function unexplained(good: Intake, bad: Intake, damaged: Damaged): string | null {
  const { first, last, columns, cut } = damaged;
  const noticed = noticesOf(good) !== noticesOf(bad);
  if (first < 0 && !cut) return unexplainedHead(good, bad, columns, noticed);
  const lost = good.features.filter((name) => !bad.features.includes(name));
  if (bad.features.length + lost.length !== good.features.length)
    return 'other features under a whole header';
  // A word in a column's first cell leaves the column aside.
  if (lost.length > 0 && !(noticed && first === 0 && within(lost, columns))) return `lost ${lost.join(', ')}`;
  const before = Math.min(first, good.rows);
  const behind = cut ? 0 : Math.max(0, good.rows - 1 - last);
  const between = bad.rows - before - behind;
  if (between < 0) return `${-between} rows lost that were not touched`;
  for (let r = 0; r < before; r++) {
    if (differences(good, r, bad, r).length > 0) return `row ${r} differs, before the damage`;
  }
  for (let r = 1; r <= behind; r++) {
    const g = good.rows - r;
    if (differences(good, g, bad, bad.rows - r).length > 0) return `row ${g} differs, behind the damage`;
  }
  if (noticed) return null;
  if (!cut && between !== good.rows - before - behind)
    return `${between} rows at the damage, and nothing noticed`;
  if (cut && bad.rows > good.rows) return 'more rows than before the cut';
  for (let r = before; r < before + between; r++) {
    if (!within(differences(good, r, bad, r), columns)) return `row ${r} differs beyond the damage`;
  }
  return null;
}

/** Where the head was touched, all rows must be there, and of the features but the damaged ones all that they hold. */
function unexplainedHead(
  good: Intake,
  bad: Intake,
  columns: readonly string[],
  noticed: boolean,
): string | null {
  if (bad.rows !== good.rows) return noticed ? null : 'another number of rows under a damaged header';
  const different = good.features.filter((name, g) => {
    const b = bad.features.indexOf(name);
    const cells = [...good.lines.keys()];
    const [wide, narrow] = [good.features.length, bad.features.length];
    return b < 0 || !cells.every((r) => Object.is(good.values[r * wide + g], bad.values[r * narrow + b]));
  });
  return within(different, columns) ? null : `features ${different.join(', ')} differ under a damaged header`;
}
