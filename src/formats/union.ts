/**
 * Several files' tables as one: their numbers in one matrix, features matched by name, and whether a table is one of
 * features at all. Reads no bytes.
 */
import type { Role } from './columns.ts';
import { featureSetName } from './featureSets.ts';
import type { Intake, ReadFile } from './intake.ts';
import { type KnownColumns, type Layout, refuseNoFeatures, WORDS } from './layout.ts';
import { Matrix } from './matrix.ts';
import { FormatError } from './report.ts';
import { counted, listed } from './shorten.ts';
import { Table } from './table.ts';

/** A table of no more columns of numbers may be one of labels, some of which are not known as such. */
const MOST_LABEL_NUMBERS = 12;
/** Features have so many times as many columns as the numbers of the label file beside them. */
const MORE_FEATURES = 4;

const LABEL_ROLES = new Set(['speaker', 'emotion', 'activation', 'valence']);

const hasLabels = ({ columns }: { readonly columns: readonly { readonly role: Role }[] }) =>
  columns.some(({ role }) => LABEL_ROLES.has(role));

/** Whether what was read as features may be labels, of a corpus whose features were not known. */
export const mayBeLabels = (intake: Intake): boolean =>
  intake.features.length <= MOST_LABEL_NUMBERS && hasLabels(intake);

/** A file that was read. */
export interface Part {
  readonly name: string;
  readonly format: ReadFile['format'];
  readonly table: Table;
}

/** Position among `features` of each of a file's features; null where they are in order. @throws FormatError */
function orderOf(
  features: readonly string[],
  layout: Layout,
  first: string,
  file: string,
): Int32Array | null {
  const own = layout.features;
  if (own.length === features.length && own.every((name, i) => name === features[i])) return null;
  const position = new Map(features.map((name, i) => [name, i]));
  const present = new Set(own);
  const added = own.filter((name) => !position.has(name));
  const absent = features.filter((name) => !present.has(name));
  if (added.length === 0 && absent.length === 0) return Int32Array.from(own, (n) => position.get(n) ?? 0);
  const sides = [
    ...(added.length > 0
      ? [`${counted(added.length, 'feature')} (${listed(added, 3)}) that "${first}" lacks`]
      : []),
    ...(absent.length > 0
      ? [`none of ${counted(absent.length, 'feature')} (${listed(absent, 3)}) of "${first}"`]
      : []),
  ];
  const [set, firstSet] = [featureSetName(own), featureSetName(features)];
  const sets = set && firstSet ? ` "${file}" is ${set}, "${first}" ${firstSet}.` : '';
  throw new FormatError(
    { file },
    sides.join(' and '),
    `the ${counted(features.length, 'feature')} of "${first}"`,
    `Files are read as one corpus where they have the same features.${sets} Load them one by one, or extract them alike.`,
  );
}

export class Union {
  readonly parts: Part[] = [];
  /** Layouts of tables that may be of labels, by the file's index. */
  readonly undecided = new Map<number, Layout>();
  matrix: Matrix | null = null;
  /** Rows of the files read so far. */
  rows = 0;
  private firstFile = '';
  private layout: Layout | null = null;

  private readonly several: boolean;

  /**
   * @param several more than one file is read: then a table may hold the labels of the others.
   * @param held features of a corpus that was read before: a table may hold its labels.
   */
  constructor(
    several: boolean,
    private readonly held: readonly string[] = [],
  ) {
    this.several = several || held.length > 0;
  }

  get features(): readonly string[] {
    return this.layout?.features ?? [];
  }

  /** What the first file tells of the columns of the others. */
  knownColumns(forced: ReadonlySet<string>): KnownColumns {
    const known = new Map<string, 'feature' | 'words'>();
    this.layout?.columns.forEach(({ name, role }, c) => {
      if (role === 'feature') known.set(name, this.layout?.kinds[c] === WORDS ? 'words' : 'feature');
    });
    for (const name of forced) known.set(name, 'feature');
    return known;
  }

  /**
   * The table for a file of this layout; null for one that holds labels, or may.
   * @param index the file's place in the list; `certain` where it is known to hold features.
   * @throws FormatError for a table that holds neither, or other features than the files before.
   */
  open(index: number, file: string, layout: Layout, certain: boolean): Table | null {
    const { features } = layout;
    if (features.length === 0 && !hasLabels(layout) && !this.several) refuseNoFeatures(layout, file);
    if (features.length === 0 || (this.several && features.length <= MOST_LABEL_NUMBERS && !certain)) {
      this.undecided.set(index, layout);
      return null;
    }
    const order = this.layout ? orderOf(this.layout.features, layout, this.firstFile, file) : null;
    if (!this.layout) {
      this.layout = layout;
      this.firstFile = file;
    }
    this.matrix ??= new Matrix(features.length);
    return new Table(layout, file, this.matrix, this.rows, order);
  }

  /** Adds a file that was read to its end. */
  add(part: Part): void {
    this.parts.push(part);
    this.rows += part.table.rows;
  }

  /**
   * Tells, of the undecided files, those that hold features all the same: the others' features, or about as many; where
   * none of the others holds any, those of the corpus held count.
   * @throws FormatError for a file without numbers and labels where no other file has features.
   */
  settle(nameOf: (index: number) => string): number[] {
    const widths = [...this.undecided.values()].map(({ features }) => features.length);
    const features = this.features.length > 0 ? this.features : this.held;
    const most = Math.max(features.length, ...widths);
    const known = new Set(features);
    return [...this.undecided].flatMap(([index, layout]) => {
      const { columns, features } = layout;
      if (features.length === 0) {
        if (!hasLabels(layout) && (most === 0 || columns.length < 2)) refuseNoFeatures(layout, nameOf(index));
        return [];
      }
      const same = known.size > 0 && features.every((name) => known.has(name));
      return !hasLabels(layout) || same || features.length * MORE_FEATURES > most ? [index] : [];
    });
  }
}
