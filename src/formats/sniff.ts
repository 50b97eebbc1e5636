/**
 * What a file is by its first bytes: compressed, UTF-16, or something that is no table of text at all.
 * Looks at bytes only; never at the file's extension, which lies too often.
 */
import { FormatError } from './report.ts';

/** First bytes, written as Latin-1; what they announce; what the user can do. */
const BINARY: readonly (readonly [magic: string, what: string, advice: string])[] = [
  ['PK\x03\x04', 'a zip archive or an Excel workbook', 'Unpack the archive, or save the sheet as CSV.'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'Save the sheet as CSV.'],
  ['PAR1', 'a Parquet file', 'Unpack it from its archive, or write it as CSV where it holds labels only.'],
  ['%PDF', 'a PDF document', 'Choose the file with the features.'],
  ['\x89HDF', 'an HDF5 file', 'Write its table as CSV.'],
  ['\x93NUMPY', 'a NumPy array', 'Write it as CSV with a header line, e.g. with pandas.'],
  ['MATLAB 5.0', 'a MATLAB file', 'Write its table as CSV, e.g. with writetable.'],
  ['RIFF', 'a sound file', 'Extract features first, e.g. with openSMILE.'],
  ['fLaC', 'a sound file', 'Extract features first, e.g. with openSMILE.'],
  ['OggS', 'a sound file', 'Extract features first, e.g. with openSMILE.'],
  ['ID3', 'a sound file', 'Extract features first, e.g. with openSMILE.'],
  ['\x89PNG', 'a picture', 'Choose the file with the features.'],
  ['\xff\xd8\xff', 'a picture', 'Choose the file with the features.'],
  ['BZh', 'a bzip2 archive', 'Unpack it; only gzip is read directly.'],
  ['\xfd7zXZ', 'an xz archive', 'Unpack it; only gzip is read directly.'],
  ['7z\xbc\xaf', 'a 7-Zip archive', 'Unpack it; only gzip is read directly.'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive', 'Unpack it; only gzip is read directly.'],
  ['\x1f\x8b', 'a gzip archive inside a gzip archive', 'Unpack it once.'],
  ['SQLite format', 'an SQLite database', 'Write its table as CSV.'],
];

const TABLE = 'a table (CSV, TSV or ARFF, gzip or not, or Parquet)';

const startsWith = (head: Uint8Array, magic: string) => {
  for (let i = 0; i < magic.length; i++) if (head[i] !== magic.charCodeAt(i)) return false;
  return true;
};

export const isGzip = (head: Uint8Array): boolean => startsWith(head, '\x1f\x8b');

/** Byte order mark of UTF-8. */
export const hasUtf8Mark = (head: Uint8Array): boolean => startsWith(head, '\xef\xbb\xbf');

/** The UTF-16 variant a text is written in, by its byte order mark or by the zeros of its first letters. */
export function utf16Encoding(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, '\xff\xfe')) return 'utf-16le';
  if (startsWith(head, '\xfe\xff')) return 'utf-16be';
  if (head.length < 4) return null;
  if (head[0] && !head[1] && head[2] && !head[3]) return 'utf-16le';
  return !head[0] && head[1] && !head[2] && head[3] ? 'utf-16be' : null;
}

/**
 * Refuses what is no text, naming what it is.
 * @throws FormatError for an empty file and for binary files.
 */
export function refuseBinary(head: Uint8Array, file: string): void {
  if (head.length === 0) {
    throw new FormatError({ file }, 'an empty file', TABLE, 'Extract the features again.');
  }
  for (const [magic, what, advice] of BINARY) {
    if (startsWith(head, magic)) throw new FormatError({ file }, what, TABLE, advice);
  }
  if (startsWith(head.subarray(257), 'ustar')) {
    throw new FormatError({ file }, 'a tar archive', TABLE, 'Unpack it and choose one file.');
  }
  const zero = head.indexOf(0);
  if (zero >= 0 && !utf16Encoding(head)) {
    const found = `binary data (a zero byte at position ${zero + 1})`;
    throw new FormatError({ file }, found, TABLE, 'Choose the file with the features, written as text.');
  }
}
