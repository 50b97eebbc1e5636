/**
 * Looks over the pages of a column before they are decoded: whether they lie within their chunk, hold as many
 * values as announced, and fit their checksums. Decoding a damaged page could otherwise give wrong numbers, or
 * never end.
 */
import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { crc32 } from './crc.ts';

const LARGEST_PAGE = 2 ** 30;

/** Where the pages of a column lie in the file, `[start, end)`. */
export function rangeOf(meta: ColumnMetaData): { readonly start: number; readonly end: number } {
  const offset = meta.dictionary_page_offset || meta.data_page_offset;
  return { start: Number(offset), end: Number(offset + meta.total_compressed_size) };
}

const isCount = (n: number | undefined, most: number) =>
  n !== undefined && Number.isInteger(n) && n >= 0 && n <= most;

/** Of a page in the second version's form: its counts, and the sizes of what precedes the values. */
function checkSecond(page: NonNullable<PageHeader['data_page_header_v2']>, size: number): void {
  const {
    num_values: values,
    definition_levels_byte_length: defined,
    repetition_levels_byte_length: repeated,
  } = page;
  const counts = isCount(page.num_nulls, values) && isCount(page.num_rows, values);
  if (!counts || !isCount(defined, size) || !isCount(repeated, size - defined)) {
    throw new Error('a page whose counts do not fit');
  }
}

/**
 * Looks over the pages of one column chunk.
 * @param bytes the column's pages.
 * @throws Error saying what is wrong.
 */
export function checkPages(bytes: Uint8Array, meta: ColumnMetaData): void {
  const announced = Number(meta.num_values);
  if (!isCount(announced, 2 ** 40)) throw new Error('no number of values');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
  let hasDictionary = false;
  for (let values = 0; values < announced; ) {
    if (reader.offset >= bytes.length) throw new Error(`${values} of ${announced} values`);
    const header = parquetHeader(reader);
    const { compressed_page_size: size, uncompressed_page_size: unpacked, crc } = header;
    if (!isCount(size, bytes.length - reader.offset)) throw new Error('a page beyond its column');
    if (!isCount(unpacked, Math.min(LARGEST_PAGE, Number(meta.total_uncompressed_size))))
      throw new Error('a page of impossible size');
    const page = bytes.subarray(reader.offset, reader.offset + size);
    if (crc !== undefined && crc32(page) !== crc >>> 0) throw new Error('a checksum that does not fit');
    reader.offset += size;
    const dictionary = header.dictionary_page_header;
    if (dictionary && !isCount(dictionary.num_values, unpacked))
      throw new Error('a dictionary of impossible size');
    const { data_page_header_v2: second } = header;
    if (second) checkSecond(second, size);
    const data = header.data_page_header ?? second;
    hasDictionary ||= dictionary !== undefined;
    if (!data) continue;
    if (data.encoding.endsWith('_DICTIONARY') && !hasDictionary)
      throw new Error('a dictionary that is not there');
    if (!isCount(data.num_values, announced - values)) throw new Error(`more than ${announced} values`);
    values += data.num_values;
  }
}
