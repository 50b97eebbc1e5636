/**
 * Several label files as few tables: which of their columns are the same, and which files can be one table without
 * anything being lost. Opens no file.
 */
import type { LabelTable, TextColumn } from './intake.ts';
import { splitName } from './joinKeys.ts';
import type { Warning } from './report.ts';
import { counted } from './shorten.ts';

/** What several tables noted: each kind of note once, and in how many files it was noted. */
function uniteNotes(tables: readonly LabelTable[]): Warning[] {
  const byCode = new Map<string, Warning[]>();
  for (const { notes } of tables) {
    for (const note of notes) byCode.set(note.code, [...(byCode.get(note.code) ?? []), note]);
  }
  return [...byCode.values()].map(([first, ...more]) =>
    more.length === 0
      ? first
      : {
          ...first,
          message: `${first.message} The same ${counted(more.length, 'time')} more in other files.`,
        },
  );
}

/** Whether two columns of different files are the same one: by role for what has one, by name otherwise. */
const keyOf = ({ name, role }: TextColumn) =>
  role === 'words' || role === 'feature' ? name.toLowerCase() : `${role}/${name.toLowerCase()}`;

/** The columns of a table by what the same ones of other files have in common. */
export function columnsByKey({ columns }: LabelTable): Map<string, TextColumn> {
  const byKey = new Map<string, TextColumn>();
  for (const column of columns) {
    const key = keyOf(column);
    let time = 1;
    while (byKey.has(`${time} ${key}`)) time++;
    byKey.set(`${time} ${key}`, column);
  }
  return byKey;
}

/**
 * Several label files as one table; columns are united by name, and a column that a file lacks gives empty cells.
 * @param tables at least one.
 */
export function uniteLabelTables(tables: readonly LabelTable[]): LabelTable {
  if (tables.length === 1) return tables[0];
  const keyed = tables.map(columnsByKey);
  const heads = new Map<string, TextColumn>();
  for (const [key, column] of keyed.flatMap((byKey) => [...byKey])) {
    if (!heads.has(key)) heads.set(key, column);
  }
  const columns = [...heads].map(([key, head]): TextColumn => {
    const cells = tables.flatMap(({ keys }, t) => {
      const own = keyed[t].get(key);
      return own ? [...own.cells] : keys.map(() => '');
    });
    return { ...head, cells };
  });
  const [{ format }] = tables;
  return {
    name: counted(tables.length, 'file'),
    format: tables.every((t) => t.format === format) ? format : 'table',
    keys: tables.flatMap((t) => [...t.keys]),
    lines: Int32Array.from(tables.flatMap((t) => [...t.lines])),
    columns,
    notes: uniteNotes(tables),
  };
}

/** Files that are to be one table. */
interface Stack {
  /** Their columns, in words. */
  readonly columns: string;
  /** Base names that they speak of. */
  readonly bases: Set<string>;
  readonly tables: LabelTable[];
}

/**
 * Label files as few tables: those of the same columns about different utterances, as of a corpus with a file for each
 * dialogue, are one. Files about the same utterances stay apart, since of one key one row counts in a table.
 * @returns tables in the order of the files: what an earlier one says of an utterance counts.
 */
export function stackLabelTables(tables: readonly LabelTable[]): LabelTable[] {
  if (tables.length < 2) return [...tables];
  const stacks: Stack[] = [];
  for (const table of tables) {
    const columns = [...columnsByKey(table).keys()].toSorted().join('\n');
    const bases = table.keys.map((key) => splitName(key).base.toLowerCase());
    // No further up than below the last that speaks of the same utterances.
    const after = stacks.findLastIndex((stack) => bases.some((base) => stack.bases.has(base))) + 1;
    const stack = stacks.slice(after).find((other) => other.columns === columns);
    if (!stack) {
      stacks.push({ columns, bases: new Set(bases), tables: [table] });
      continue;
    }
    stack.tables.push(table);
    for (const base of bases) stack.bases.add(base);
  }
  return stacks.map((stack) => uniteLabelTables(stack.tables));
}
