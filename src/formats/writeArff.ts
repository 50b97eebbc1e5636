/** A sheet as ARFF, as Weka reads it: settled words are nominal attributes, other text is of type string. */
import type { Sheet, SheetColumn } from './sheet.ts';
import { rowsOfText } from './writeCsv.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '%': '\\%',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const quoted = (text: string) =>
  /[\s,'"%{}?\\\p{Cc}]/u.test(text) ? `'${text.replace(/[\\'"%\n\r\t]/g, (c) => ESCAPES[c])}'` : text;

function typeOf({ kind, words }: SheetColumn): string {
  if (words) return `{${words.map(quoted).join(',')}}`;
  return kind === 'numbers' ? 'numeric' : 'string';
}

/** The text of a file: the attributes, then a line a row; `?` is a cell without content. */
export function* writeArff(sheet: Sheet): Generator<string, void, undefined> {
  const { name, columns, features } = sheet;
  const attributes = [
    ...columns.map((column) => `@attribute ${quoted(column.name)} ${typeOf(column)}\n`),
    ...features.map((feature) => `@attribute ${quoted(feature)} numeric\n`),
  ];
  yield `@relation ${quoted(name || 'corpus')}\n\n${attributes.join('')}\n@data\n`;
  yield* rowsOfText(sheet, (text) => (text === '' ? '?' : quoted(text)));
}
