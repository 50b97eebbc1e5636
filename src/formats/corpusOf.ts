/**
 * From what files hold to a corpus with its report, by a recipe. The same intake and recipe give the same corpus, so a
 * changed recipe needs no second reading. Opens no file.
 */
import type { Corpus } from '../corpus/corpus.ts';
import { duplicateRows } from '../corpus/duplicates.ts';
import { outlierColumns } from '../corpus/outliers.ts';
import { settleChoices } from './choices.ts';
import { columnSummaries } from './columnSummaries.ts';
import { reportOf } from './describe.ts';
import { seconds } from './frames.ts';
import type { Intake, LabelTable, TextColumn } from './intake.ts';
import { joinLabels } from './joinLabels.ts';
import { type Findings, qualityIssues } from './quality.ts';
import type { Recipe, Repairs } from './recipe.ts';
import { type Repaired, repairMatrix } from './repair.ts';
import { FormatError, type JoinReport, type ReadResult } from './report.ts';
import { counted, shortened } from './shorten.ts';
import { tellingFeatures } from './tellingFeatures.ts';
import { collectWarnings, type Warn } from './warnings.ts';

/** What a corpus is made of. */
export interface Sources {
  readonly intake: Intake;
  /** The label files dropped with it or after it; what an earlier one says of an utterance counts. */
  readonly labels: readonly LabelTable[];
  /** True for the built-in demo corpora. */
  readonly simulated: boolean;
}

const rowNames = (rows: number) => Array.from({ length: rows }, (_, r) => `row ${r + 1}`);

/**
 * What each utterance is called: its name; where several rows share a file, with the segment's times; `row 1`,
 * `row 2` … where the file names none or calls all the same (openSMILE: "unknown").
 */
function utteranceNames(columns: readonly TextColumn[], rows: number, warn: Warn): string[] {
  const cellsOf = (role: TextColumn['role']) => columns.find((c) => c.role === role)?.cells;
  const cells = cellsOf('name')?.map((c) => c.trim());
  const start = cellsOf('start');
  const end = cellsOf('end');
  const different = new Set(cells).size;
  if (!cells || (different === 1 && rows > 1 && !start)) {
    const found = cells ? `Every row is called "${cells[0]}"` : 'No column names the utterances';
    warn('no-utterance-name', 'the whole file', `${found}; they are called by their row.`);
    return rowNames(rows);
  }
  if (different === rows || !start) return cells;
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return cells.map((cell, r) => {
    if (counts.get(cell) === 1) return cell;
    const times = [start[r], end?.[r]].flatMap((t) => (t === undefined ? [] : [seconds(t).toFixed(2)]));
    return `${cell} [${times.join('–')} s]`;
  });
}

/** What tells rows apart, name, start and end; null where no column names them. */
function keysOf(columns: readonly TextColumn[], rows: number): string[] | null {
  const parts = columns.filter(({ role }) => role === 'name' || role === 'start' || role === 'end');
  if (!parts.some(({ role }) => role === 'name')) return null;
  return Array.from({ length: rows }, (_, r) => parts.map((c) => c.cells[r]).join(' '));
}

/** The columns of joined label files, a cell an utterance; a name that a feature file has as well says its file. */
function joinedColumns(
  { intake, labels }: Sources,
  warn: Warn,
): { columns: readonly TextColumn[]; join: JoinReport | null } {
  if (labels.length === 0) return { columns: [], join: null };
  const cellsOf = (role: TextColumn['role']) => intake.columns.find((c) => c.role === role)?.cells;
  const names = cellsOf('name');
  if (!names) {
    throw new Error(
      `${labels[0].name}: these labels are joined by the utterances' names, and "${intake.name}" has no column that names ` +
        'them. Add one, or extract again with names (openSMILE: -instname).',
    );
  }
  const utterances = { names, starts: cellsOf('start'), ends: cellsOf('end') };
  const { columns, report } = joinLabels(utterances, labels, warn);
  const taken = new Set(intake.columns.map(({ name }) => name));
  return {
    columns: columns.map(({ table, ...column }) =>
      taken.has(column.name) ? { ...column, name: `${column.name} (${table})` } : column,
    ),
    join: report,
  };
}

/** Columns told apart by their names, by which choices call them: the second `class` becomes `class (2)`. */
function toldApart(columns: readonly TextColumn[]): TextColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let time = 2; taken.has(name); time++) name = `${column.name} (${time})`;
    taken.add(name);
    return { ...column, name };
  });
}

const pickCells = (column: TextColumn, rows: Int32Array): TextColumn => ({
  ...column,
  cells: Array.from(rows, (row) => column.cells[row]),
});

/** An intake's matrix mended by some repairs, and what was found in it: all that takes time. */
export interface Mended {
  readonly repaired: Repaired;
  /** What the intake's rows are called, and those that repeat an earlier one. */
  readonly names: readonly string[];
  readonly duplicates: readonly number[];
  /** Columns of the intake that few values crush. */
  readonly outliers: Findings['outliers'];
}

/** Mends an intake's matrix. @throws FormatError where there is nothing in it; Error where these repairs leave nothing of it. */
export function mend(intake: Intake, repairs: Repairs): Mended {
  const keys = keysOf(intake.columns, intake.rows);
  const matrix = { rows: intake.rows, columns: intake.features.length, values: intake.values };
  const duplicates = keys ? [...duplicateRows(matrix, keys)] : [];
  const repaired = repairMatrix(intake, repairs, duplicates);
  const { values, features, keptRows } = repaired;
  if (keptRows.length === 0 || features.length === 0) refuseNothing(intake, repairs, repaired);
  const position = new Map(intake.features.map((name, c) => [name, c]));
  const outliers = outlierColumns({ rows: keptRows.length, columns: features.length, values });
  return {
    repaired,
    names: utteranceNames(intake.columns, intake.rows, () => undefined),
    duplicates,
    // Those of the mended matrix, by their columns in the intake.
    outliers: outliers.map(({ column, value }) => ({
      column: position.get(features[column]) ?? column,
      value,
    })),
  };
}

function warnTelling(corpus: Corpus, warn: Warn): void {
  for (const { feature, values, of } of tellingFeatures(corpus)) {
    const message = `Each of its ${values} values goes with one ${of} only: it seems to be the label in numbers. Leave it out if it is.`;
    warn('feature-tells-label', `feature "${shortened(feature)}"`, message);
  }
}

/**
 * Makes the corpus.
 * @param mended what `mend` gave for the same intake and repairs.
 * @throws FormatError where nothing is left of it; Error for a choice that cannot be kept, saying which.
 */
export function corpusOf(
  sources: Sources,
  recipe: Recipe,
  mended: Mended = mend(sources.intake, recipe.repairs),
): ReadResult {
  const { intake, labels: tables, simulated } = sources;
  const { warnings, warn } = collectWarnings([...intake.notes, ...tables.flatMap(({ notes }) => notes)]);
  const { values, features, keptRows, constantColumns } = mended.repaired;
  const joined = joinedColumns(sources, warn);
  const all = toldApart([...joined.columns, ...intake.columns]);
  const columns = keptRows.length === intake.rows ? all : all.map((column) => pickCells(column, keptRows));
  const utterances = utteranceNames(columns, keptRows.length, warn);
  const settled = settleChoices(columns, utterances, recipe, warn);
  const { speakers, emotions, labels } = settled;
  const corpus: Corpus = {
    name: intake.name,
    rows: keptRows.length,
    features,
    values,
    utterances,
    speakers,
    emotions,
    labels,
    simulated,
  };
  warnTelling(corpus, warn);
  const { reversed } = settled;
  const quality = qualityIssues(intake, recipe, { ...mended, reversed });
  const report = reportOf(corpus, {
    warnings,
    quality,
    files: intake.files,
    columns: columnSummaries(columns, joined.columns.length),
    join: joined.join,
    constantColumns: constantColumns.map((c) => intake.features[c]),
  });
  return { corpus, report, recipe: { ...recipe, ...settled.choices } };
}

/** Says why nothing is left: there was no value in the files, or these repairs take all of them away. */
function refuseNothing(intake: Intake, repairs: Repairs, { keptRows, emptyRows }: Repaired): never {
  const { rows, features, files, lines } = intake;
  if (emptyRows.length === rows) {
    throw new FormatError(
      { file: files[0].name, line: rows > 0 ? lines[0] : undefined },
      rows === 0
        ? 'no rows'
        : `no value in ${counted(rows, 'row')} and ${counted(features.length, 'feature')}`,
      'numbers',
      'Extract the features again.',
    );
  }
  const reasons = [
    ...(repairs.ignored.length > 0 ? ['left out by name'] : []),
    ...(repairs.missing === 'drop-columns' ? ['with a gap'] : []),
    ...(repairs.constant === 'drop' ? ['the same in all rows'] : []),
  ];
  const lost =
    keptRows.length === 0
      ? `row of ${rows}: every row has a gap`
      : `feature of ${features.length}: every one is ${reasons.join(' or ')}`;
  throw new Error(`These repairs would leave no ${lost}. Choose another repair.`);
}
