/** A sheet as Parquet: text and numbers that may be missing, features as 32-bit floats. A row group at a time. */
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Sheet, SheetColumn } from './sheet.ts';

/** Numbers in a row group, and rows at least. */
const GROUP_VALUES = 2 ** 22;
const LEAST_ROWS = 500;

const elementOf = ({ name, kind }: SheetColumn): SchemaElement =>
  kind === 'numbers'
    ? { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
    : { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };

function cellsOf({ name, kind, cell }: SheetColumn, first: number, rows: number): ColumnSource {
  const data = Array.from({ length: rows }, (_, r) => {
    const text = cell(first + r);
    if (text === '') return null;
    return kind === 'numbers' ? Number(text) : text;
  });
  return { name, data };
}

/** The bytes of a file, a part for each row group and one for the end. */
export function* writeParquet(sheet: Sheet): Generator<Uint8Array, void, undefined> {
  const { rows, columns, features, values } = sheet;
  const width = features.length;
  const schema: SchemaElement[] = [
    { name: 'schema', num_children: columns.length + width },
    ...columns.map(elementOf),
    ...features.map((name): SchemaElement => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' })),
  ];
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema });
  const taken = () => {
    const bytes = writer.getBytes().slice();
    // The writer's own place to begin anew; its count of bytes goes on.
    writer.index = 0;
    return bytes;
  };
  const groupRows = Math.max(LEAST_ROWS, Math.floor(GROUP_VALUES / Math.max(1, width)));
  for (let first = 0; first < rows; first += groupRows) {
    const count = Math.min(groupRows, rows - first);
    const numbers = features.map((name, f): ColumnSource => {
      const data = Float32Array.from({ length: count }, (_, r) => values[(first + r) * width + f]);
      return { name, data, encoding: 'PLAIN', statistics: false, offsetIndex: false };
    });
    const text = columns.map((column) => cellsOf(column, first, count));
    parquet.write({ columnData: [...text, ...numbers], rowGroupSize: count });
    yield taken();
  }
  parquet.finish();
  yield taken();
}
