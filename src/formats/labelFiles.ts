/**
 * Reads label files, files that say of utterances by name how they were felt and who spoke, and unites several into
 * one table. Which utterance a row belongs to is for `join.ts` to find.
 */

import { IemocapReader } from './iemocap.ts';
import type { InputFile } from './input.ts';
import type { LabelTable, TextColumn } from './intake.ts';
import type { LabelReader } from './labelRows.ts';
import { ArffLabels, DelimitedLabels } from './labelTables.ts';
import { kindOfLine, type LabelKind, linesOf } from './labelText.ts';
import { MspImprovReader } from './mspImprov.ts';
import { decode } from './records.ts';
import { FormatError, type Warning } from './report.ts';
import { counted } from './shorten.ts';

/**
 * Whether some text, the first kilobytes of a file, is IEMOCAP's or MSP-IMPROV's evaluation text, which is no table
 * but certainly labels.
 */
export function isLabelText(head: string): boolean {
  for (const line of head.split(/\r\n|\n|\r/)) {
    const kind = kindOfLine(line);
    if (kind) return kind === 'iemocap' || kind === 'msp-improv';
  }
  return false;
}

function readerOf(kind: LabelKind, file: string): LabelReader {
  switch (kind) {
    case 'iemocap':
      return new IemocapReader(file);
    case 'msp-improv':
      return new MspImprovReader(file);
    case 'arff':
      return new ArffLabels(file);
    case 'delimited':
      return new DelimitedLabels(file);
  }
}

/**
 * Reads a label file: IEMOCAP's or MSP-IMPROV's evaluation text, delimited text with a header (as MSP-Podcast's), or
 * ARFF; gzip or not. All columns stay text; numbers have decimal points.
 * @throws FormatError with an address for bad input; the signal's reason where it is aborted.
 */
export async function readLabelTable(input: InputFile, signal?: AbortSignal): Promise<LabelTable> {
  let reader: LabelReader | null = null;
  for await (const lines of linesOf(input, signal)) {
    for (const { bytes, number } of lines) {
      if (!reader) {
        const kind = kindOfLine(decode(bytes));
        if (!kind) continue;
        reader = readerOf(kind, input.name);
      }
      reader.line(bytes, number);
    }
  }
  if (reader) return reader.finish();
  throw new FormatError(
    { file: input.name },
    'blank lines and comments only',
    'a line for each utterance, with its labels',
    'Choose the file with the labels.',
  );
}

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
const columnKey = ({ name, role }: TextColumn) =>
  role === 'words' || role === 'feature' ? name.toLowerCase() : `${role}/${name.toLowerCase()}`;

/**
 * Several label files as one table; columns are united by name, and a column that a file lacks gives empty cells.
 * @param tables at least one.
 */
export function uniteLabelTables(tables: readonly LabelTable[]): LabelTable {
  if (tables.length === 1) return tables[0];
  const heads = new Map<string, TextColumn>();
  for (const { columns } of tables) {
    for (const column of columns) {
      const key = columnKey(column);
      if (!heads.has(key)) heads.set(key, column);
    }
  }
  const columns = [...heads].map(([key, head]): TextColumn => {
    const cells = tables.flatMap((table) => {
      const own = table.columns.find((c) => columnKey(c) === key);
      return own ? [...own.cells] : table.keys.map(() => '');
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
