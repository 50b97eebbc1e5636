/**
 * Reads label files, files that say of utterances by name how they were felt and who spoke. Which utterance a row
 * belongs to is for `join.ts` to find.
 */

import { IemocapReader } from './iemocap.ts';
import type { InputFile } from './input.ts';
import type { LabelTable } from './intake.ts';
import type { LabelReader } from './labelRows.ts';
import { ArffLabels, DelimitedLabels } from './labelTables.ts';
import { kindOfLine, type LabelKind, linesOf } from './labelText.ts';
import { MspImprovReader } from './mspImprov.ts';
import { decode } from './records.ts';
import { FormatError } from './report.ts';

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
