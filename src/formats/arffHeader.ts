/** The head of an ARFF file, line by line, until `@data`. Knows nothing of the rows. */
import { SPACE } from './ascii.ts';
import type { Column } from './columns.ts';
import { columnRoles } from './columns.ts';
import { readCell } from './records.ts';
import { FormatError } from './report.ts';
import { shortened } from './shorten.ts';

const encoder = new TextEncoder();

/** True for the first line of an ARFF file (a comment may come first). */
export const beginsArff = (line: string): boolean => /^\s*(%|@relation\b|@attribute\b)/i.test(line);

interface Attribute {
  readonly name: string;
  /** Declared as text: `string`, `date` or a list of words. */
  readonly words: boolean;
}

function parseAttribute(rest: string, file: string, line: number): Attribute {
  const bytes = encoder.encode(rest.trim().replaceAll('\t', ' '));
  const { text: name, next } = readCell(bytes, 0, bytes.length, SPACE, 'arff');
  const type = new TextDecoder().decode(bytes.subarray(next)).trim();
  if (/^(numeric|real|integer)\b/i.test(type)) return { name, words: false };
  if (/^(string|date)\b/i.test(type) || type.startsWith('{')) return { name, words: true };
  throw new FormatError(
    { file, line, columnName: name },
    `an attribute of type "${shortened(type)}"`,
    'numeric, string or a list {a, b}',
    'Remove the attribute or declare its type.',
  );
}

/** Collects attributes; `line()` is true once the data begins. */
export class ArffHeader {
  private readonly attributes: Attribute[] = [];

  constructor(private readonly file: string) {}

  /** @throws FormatError for a line that belongs in no ARFF head. */
  line(text: string, line: number): boolean {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('%')) return false;
    const [, keyword, rest] = /^@(\w+)\s*(.*)$/s.exec(trimmed) ?? [];
    switch (keyword?.toLowerCase()) {
      case 'relation':
        return false;
      case 'attribute':
        this.attributes.push(parseAttribute(rest, this.file, line));
        return false;
      case 'data':
        if (rest === '' || rest.startsWith('%')) return true;
        return this.refuse(trimmed, line);
      default:
        return this.refuse(trimmed, line);
    }
  }

  private refuse(found: string, line: number): never {
    throw new FormatError(
      { file: this.file, line },
      `"${shortened(found)}"`,
      '@attribute or @data',
      'The head of the ARFF file is damaged; extract the features again.',
    );
  }

  /** The declared columns; one declared as text is never a feature. */
  columns(): Column[] {
    const roles = columnRoles(this.attributes.map((a) => a.name));
    return this.attributes.map(({ name, words }, i) => ({
      name,
      role: words && roles[i] === 'feature' ? 'words' : roles[i],
    }));
  }
}
