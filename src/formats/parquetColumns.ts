/**
 * What the columns of a Parquet file are: numbers, times, words, lists of numbers, by their types and by what
 * pandas noted about them. Reads the footer's content only, never values.
 */
import { type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet';
import { COMMA } from './ascii.ts';
import { type Column, columnRoles, type Role } from './columns.ts';
import { type KnownColumns, type Layout, settleLayout } from './layout.ts';
import { FormatError } from './report.ts';
import { shortened } from './shorten.ts';
import type { Warn } from './warnings.ts';

/**
 * What a column's cells are. `times` are counts of a unit of time, `moments` dates and times of day; `other` is
 * what no feature and no label is (bytes, intervals, shapes).
 */
type Content = 'numbers' | 'times' | 'words' | 'moments' | 'other' | 'list' | 'nested';

/** A column of the file. */
export interface Source {
  readonly name: string;
  /** Position in the file, counted from 0. */
  readonly position: number;
  readonly content: Content;
  readonly role: Role;
  /** Seconds of one count, for `times`. */
  readonly unit: number;
  /** The physical type of its values, and their place in the schema; of what is nested, the first's. */
  readonly type: SchemaElement['type'];
  readonly path: readonly string[];
  /** True for 32-bit floats, whose text is shorter than that of their 64-bit value. */
  readonly single: boolean;
}

/** A source with the columns of the layout that it fills: one, or as many as its lists are long. */
export interface Placed {
  readonly source: Source;
  readonly first: number;
  /** Length of its lists; null where it is no list. */
  readonly length: number | null;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  MILLIS: 1e-3,
  MICROS: 1e-6,
  NANOS: 1e-9,
};

/** What pandas says of its columns, as far as it matters here. */
interface PandasNotes {
  readonly index: ReadonlySet<string>;
  /** Seconds of one count, by column. */
  readonly timedeltas: ReadonlyMap<string, number>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function pandasNotes(metadata: FileMetaData): PandasNotes {
  const index = new Set<string>();
  const timedeltas = new Map<string, number>();
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'pandas')?.value;
  let notes: unknown = null;
  try {
    notes = text ? JSON.parse(text) : null;
  } catch {
    // Notes that cannot be read say nothing; the columns' types remain.
  }
  if (!isRecord(notes)) return { index, timedeltas };
  const listOf = (value: unknown) => (Array.isArray(value) ? value : []);
  for (const name of listOf(notes.index_columns)) if (typeof name === 'string') index.add(name);
  for (const column of listOf(notes.columns).filter(isRecord)) {
    const name = column.field_name ?? column.name;
    const [, unit] = /^(?:timedelta64|m8|duration)\[(s|ms|us|ns)\]/.exec(String(column.numpy_type)) ?? [];
    if (typeof name === 'string' && unit) timedeltas.set(name, UNITS[unit]);
  }
  return { index, timedeltas };
}

const NO_NUMBERS = new Set(['INTERVAL', 'BSON', 'UUID', 'GEOMETRY', 'GEOGRAPHY', 'VARIANT', 'NULL']);

function contentOfLeaf({ type, converted_type: converted, logical_type: logical }: SchemaElement): Content {
  const said = logical?.type ?? converted ?? '';
  if (NO_NUMBERS.has(said) || NO_NUMBERS.has(converted ?? '')) return 'other';
  if (/^(DATE|TIMESTAMP)/.test(said) || type === 'INT96') return 'moments';
  if (/^TIME(_|$)/.test(said)) return 'times';
  if (said === 'DECIMAL' || said === 'FLOAT16') return 'numbers';
  if (type === 'BYTE_ARRAY') return 'words';
  return type === 'FIXED_LEN_BYTE_ARRAY' ? 'other' : 'numbers';
}

/** A list in either of the usual forms (`list.element`, `list.item`), of numbers. */
function isListOfNumbers({ element, children }: SchemaTree): boolean {
  const isList = element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';
  const [repeated] = children;
  if (!isList || children.length !== 1 || repeated.element.repetition_type !== 'REPEATED') return false;
  const [leaf] = repeated.children;
  return (
    repeated.children.length === 1 && leaf.children.length === 0 && contentOfLeaf(leaf.element) === 'numbers'
  );
}

/** The node that holds the values, of a column that is not nested. */
const leafOf = (tree: SchemaTree): SchemaTree => (tree.children.length > 0 ? leafOf(tree.children[0]) : tree);

function contentOf(tree: SchemaTree, isTimedelta: boolean): Content {
  if (tree.children.length > 0) return isListOfNumbers(tree) ? 'list' : 'nested';
  if (tree.element.repetition_type === 'REPEATED') return 'nested';
  const content = contentOfLeaf(tree.element);
  return isTimedelta && content === 'numbers' && tree.element.type === 'INT64' ? 'times' : content;
}

function unitOf(
  { converted_type: converted, logical_type: logical }: SchemaElement,
  timedelta?: number,
): number {
  if (timedelta !== undefined) return timedelta;
  if (logical?.type === 'TIME') return UNITS[logical.unit];
  return converted === 'TIME_MILLIS' ? UNITS.MILLIS : UNITS.MICROS;
}

/**
 * The role of a column whose name is known to pandas as an index: its words name the utterances where nothing
 * else does, its numbers count rows.
 */
function roleOfIndex(role: Role, content: Content, named: boolean): Role {
  if (role !== 'feature') return role;
  return content === 'words' && !named ? 'name' : 'ignored';
}

/** The columns of a file. @throws FormatError for columns that are nested, or called the same. */
export function sourcesOf(metadata: FileMetaData, file: string): Source[] {
  const { index, timedeltas } = pandasNotes(metadata);
  const { children } = parquetSchema(metadata);
  const names = children.map((child) => child.element.name);
  const roles = columnRoles(names);
  let named = roles.includes('name');
  const seen = new Set<string>();
  return children.map((tree, position): Source => {
    const { element } = tree;
    const { name } = element;
    const timedelta = timedeltas.get(name);
    const content = contentOf(tree, timedelta !== undefined);
    let role = roles[position];
    if (index.has(name) || /^__index_level_\d+__$/.test(name)) role = roleOfIndex(role, content, named);
    if (role === 'name') named = true;
    const address = { file, column: position + 1, columnName: shortened(name) };
    if (seen.has(name)) {
      const advice = 'Rename one of them and write the file again.';
      throw new FormatError(address, 'a second column of this name', 'each name once', advice);
    }
    seen.add(name);
    const nested = content === 'nested' || (content === 'list' && role !== 'feature');
    if (nested && role !== 'ignored') {
      throw new FormatError(
        address,
        content === 'list' ? 'lists' : 'nested values',
        'one number or one text a cell',
        'Write its parts as columns of their own, or leave the column out.',
      );
    }
    const unit = content === 'times' ? unitOf(element, timedelta) : 1;
    const leaf = leafOf(tree);
    const { type } = leaf.element;
    return { name, position, content, role, unit, type, path: leaf.path, single: type === 'FLOAT' };
  });
}

/** True for columns whose first cells must be seen: words under an unknown name, which may be numbers as text. */
export const isUnsettled = ({ role, content }: Source): boolean =>
  role === 'feature' && (content === 'words' || content === 'list');

/** What the first cells of unsettled columns are: a text, or the length of a list. */
export type FirstCells = ReadonlyMap<Source, string | number>;

/** Settles which columns are features and where in a row each stands. */
export function placeColumns(
  sources: readonly Source[],
  firstCells: FirstCells,
  warn: Warn,
  known?: KnownColumns,
): { layout: Layout; placed: Placed[] } {
  const columns: Column[] = [];
  const firstRow: string[] = [];
  const placed = sources.map((source): Placed => {
    const { name, content, role } = source;
    const first = columns.length;
    const cell = firstCells.get(source);
    if (typeof cell === 'number') {
      for (let i = 0; i < cell; i++) columns.push({ name: `${name}_${i}`, role: 'feature' });
      firstRow.push(...columns.slice(first).map(() => ''));
      return { source, first, length: cell };
    }
    const isWords = role === 'feature' && (content === 'moments' || content === 'other');
    columns.push({ name, role: isWords ? 'words' : role });
    firstRow.push(cell ?? '');
    return { source, first, length: null };
  });
  const layout = settleLayout(
    columns,
    firstRow,
    { delimiter: COMMA, decimal: '.', quoting: 'csv' },
    warn,
    known,
  );
  return { layout, placed };
}
