/**
 * Writes synthetic samples as comma-separated text that reads back as the same float32 values. Gives chunks of
 * text, so that a large matrix never becomes one string. Knows nothing of where the text goes.
 */
import { CLASSES, type Matrix, type Task } from '../corpus/corpus.ts';

/** What belongs to the rows of a synthetic matrix. */
export interface SyntheticRows {
  readonly task: Task;
  /** Class index of each row; negative is written as an empty cell. */
  readonly classes: Int8Array;
  /** Row of the corpus that each row was made from. */
  readonly origin: Int32Array;
  /** The utterances of that corpus. */
  readonly utterances: readonly string[];
}

/** Rows in one chunk of text. */
const CHUNK_ROWS = 64;

/** RFC 4180; a leading apostrophe is quoted too, because openSMILE's readers take it for a quote. */
const quoted = (text: string) =>
  /[",\r\n]|^['\s]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Nine significant digits tell any two float32 apart; toPrecision forgets the sign of zero. */
function number(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isInteger(value) && Math.abs(value) < 1e9 ? `${value}` : value.toPrecision(9);
}

/**
 * The lines of a file: `name, origin_row, <task>`, then the features, in the units of `matrix` `[rows,
 * features]`. `name` is the utterance that the row was made from, `origin_row` its number, counted from 1.
 */
export function* syntheticCsv(
  features: readonly string[],
  matrix: Matrix,
  { task, classes, origin, utterances }: SyntheticRows,
): Generator<string, void, undefined> {
  yield `${['name', 'origin_row', task, ...features].map(quoted).join(',')}\n`;
  const { rows, columns, values } = matrix;
  for (let first = 0; first < rows; first += CHUNK_ROWS) {
    const lines: string[] = [];
    for (let r = first; r < Math.min(rows, first + CHUNK_ROWS); r++) {
      const cells = Array.from(values.subarray(r * columns, (r + 1) * columns), number);
      lines.push(
        `${quoted(utterances[origin[r]])},${origin[r] + 1},${CLASSES[classes[r]] ?? ''},${cells.join(',')}\n`,
      );
    }
    yield lines.join('');
  }
}
