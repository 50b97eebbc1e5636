/** A sheet as comma-separated text. Gives chunks, so that a large matrix never becomes one string. */
import { exactNumber, type Sheet } from './sheet.ts';

/** Rows in one chunk of text. */
const CHUNK_ROWS = 64;

/** RFC 4180; a leading apostrophe is quoted too, because openSMILE's readers take it for a quote. */
const quoted = (text: string) =>
  /[",\r\n]|^['\s]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Lines of rows, each cell of text as `quote` writes it; for every format of a line a row with commas. */
export function* rowsOfText(
  { rows, columns, features, values }: Sheet,
  quote: (text: string, column: number) => string,
): Generator<string, void, undefined> {
  const width = features.length;
  for (let first = 0; first < rows; first += CHUNK_ROWS) {
    const lines: string[] = [];
    for (let r = first; r < Math.min(rows, first + CHUNK_ROWS); r++) {
      const text = columns.map((column, c) => quote(column.cell(r), c));
      const numbers = Array.from(values.subarray(r * width, (r + 1) * width), exactNumber);
      lines.push(`${[...text, ...numbers].join(',')}\n`);
    }
    yield lines.join('');
  }
}

/** The text of a file: a header, then a line a row. */
export function* writeCsv(sheet: Sheet): Generator<string, void, undefined> {
  yield `${[...sheet.columns.map((c) => c.name), ...sheet.features].map(quoted).join(',')}\n`;
  yield* rowsOfText(sheet, quoted);
}
