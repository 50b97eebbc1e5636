/**
 * The faults of a corpus as a list to read and to act on: what, how often, where first, and what can be done. Decides
 * nothing and changes nothing.
 */
import type { CellFault, Intake, RowFault } from './intake.ts';
import type { Recipe } from './recipe.ts';
import type { Repaired } from './repair.ts';
import type { QualityIssue, Repair } from './report.ts';
import { counted, shortened } from './shorten.ts';

/** Names or lines shown of those at fault. */
const EXAMPLES = 100;

const inRecipe = (path: string, value: string | number, label: string): Repair => ({
  in: 'recipe',
  path,
  value,
  label,
});

const MISSING = [
  inRecipe('repairs.missing', 'median', 'Fill with the column’s median'),
  inRecipe('repairs.missing', 'drop-rows', 'Leave their rows out'),
  inRecipe('repairs.missing', 'drop-columns', 'Leave their columns out'),
];
const DUPLICATES = [
  inRecipe('repairs.duplicates', 'keep', 'Keep them'),
  inRecipe('repairs.duplicates', 'drop', 'Keep the first of each'),
];
const CONSTANT = [
  inRecipe('repairs.constant', 'keep', 'Keep them'),
  inRecipe('repairs.constant', 'drop', 'Leave them out'),
];
const OUTLIERS: readonly Repair[] = [
  { in: 'run', path: 'data.clipPercentile', value: 0, label: 'Scale to the full range' },
  { in: 'run', path: 'data.clipPercentile', value: 1, label: 'Clip at the 1st and 99th percentile' },
];

/** What is done about missing cells, for a sentence. */
const FILLED: Readonly<Record<Recipe['repairs']['missing'], string>> = {
  median: 'set to the column’s median',
  'drop-rows': 'left out with their rows',
  'drop-columns': 'left out with their columns',
};

/** `emo.csv, line 12`; the file's name where there are several. */
function placeOf({ files, lines, fileOf }: Intake, row: number): string {
  return placed(files, fileOf[row], lines[row]);
}

function placed(files: Intake['files'], file: number, line: number): string {
  return files.length > 1 ? `${shortened(files[file].name)}, line ${line}` : `line ${line}`;
}

type Listed = Pick<QualityIssue, 'code' | 'count' | 'where' | 'message' | 'repairs'> &
  Partial<Pick<QualityIssue, 'examples'>>;

const issue = ({ examples = [], ...rest }: Listed): QualityIssue => ({
  ...rest,
  examples: examples.slice(0, EXAMPLES),
});

function cellIssues(intake: Intake, recipe: Recipe, repaired: Repaired): QualityIssue[] {
  const { missing, infinite, words } = intake.faults;
  const found = [missing, infinite, words].reduce((sum, fault) => sum + (fault?.count ?? 0), 0);
  // All of them lie in rows or columns that are listed as empty, or in columns that somebody left out.
  if (repaired.missing === 0) return [];
  const { missingIgnored } = repaired;
  const empty = found - repaired.missing - missingIgnored;
  const elsewhere = [
    ...(empty > 0 ? [`${empty} lie in rows or columns without any value`] : []),
    ...(missingIgnored > 0 ? [`${missingIgnored} lie in columns left out by name`] : []),
  ];
  const aside = elsewhere.length > 0 ? ` (${elsewhere.join(', ')})` : '';
  const of = (code: QualityIssue['code'], fault: CellFault | null, what: string): QualityIssue[] => {
    if (!fault) return [];
    const where = `${placed(intake.files, fault.file, fault.line)}, column ${fault.column} "${shortened(fault.columnName)}"`;
    const message = `${counted(fault.count, 'cell')} ${what}, ${FILLED[recipe.repairs.missing]}${aside}.`;
    return [issue({ code, count: fault.count, where, message, repairs: MISSING })];
  };
  return [
    ...of('missing-cells', missing, 'without a value'),
    ...of('infinite-cells', infinite, 'infinite or too large'),
    ...of('word-cells', words, 'with a word instead of a number, counted as missing'),
  ];
}

/** Rows that reading passed over, by the rule under which the file is read at all: there is no other choice. */
function rowIssue(
  intake: Intake,
  code: QualityIssue['code'],
  fault: RowFault | null,
  say: (count: number) => string,
): QualityIssue[] {
  if (!fault) return [];
  const { count, file, line } = fault;
  return [issue({ code, count, where: placed(intake.files, file, line), message: say(count), repairs: [] })];
}

/** The issues of what reading noticed. */
function readingIssues(intake: Intake, recipe: Recipe, repaired: Repaired): QualityIssue[] {
  const { ragged, repeatedHeaders } = intake.faults;
  return [
    ...cellIssues(intake, recipe, repaired),
    ...rowIssue(
      intake,
      'ragged-rows',
      ragged,
      (n) => `${counted(n, 'row')} with too few or too many cells, left out.`,
    ),
    ...rowIssue(
      intake,
      'repeated-header',
      repeatedHeaders,
      (n) => `${counted(n, 'repetition')} of the header, as in files joined by cat; left out.`,
    ),
  ];
}

/** What is known of a corpus's faults beside what reading noticed. Rows and columns are those of the intake. */
export interface Findings {
  readonly repaired: Repaired;
  /** Rows that repeat an earlier one. */
  readonly duplicates: readonly number[];
  /** What the rows are called. */
  readonly names: readonly string[];
  readonly outliers: readonly { readonly column: number; readonly value: number }[];
  /** The column of activation ratings that seem to run the wrong way, and what turns them; or null. */
  readonly reversed: { readonly column: string; readonly from: number } | null;
}

/** An issue of whole rows; null where there are none. */
function ofRows(
  intake: Intake,
  code: QualityIssue['code'],
  rows: readonly number[],
  names: readonly string[],
  done: string,
  repairs: readonly Repair[],
): Listed | null {
  if (rows.length === 0) return null;
  const where = `${placeOf(intake, rows[0])} "${shortened(names[rows[0]])}"`;
  const examples = rows.slice(0, EXAMPLES).map((r) => `${placeOf(intake, r)} "${names[r]}"`);
  return {
    code,
    count: rows.length,
    where,
    message: `${counted(rows.length, 'row')} ${done}`,
    examples,
    repairs,
  };
}

/** An issue of whole columns; null where there are none. */
function ofColumns(
  intake: Intake,
  code: QualityIssue['code'],
  columns: readonly number[],
  done: string,
  repairs: readonly Repair[],
): Listed | null {
  if (columns.length === 0) return null;
  const examples = columns.slice(0, EXAMPLES).map((c) => intake.features[c]);
  const where = `column "${shortened(examples[0])}"`;
  return {
    code,
    count: columns.length,
    where,
    message: `${counted(columns.length, 'column')} ${done}`,
    examples,
    repairs,
  };
}

function reversedIssue(reversed: Findings['reversed']): Listed | null {
  if (!reversed) return null;
  return {
    code: 'activation-reversed',
    count: 1,
    where: `column "${shortened(reversed.column)}"`,
    message:
      'Anger is rated less active than sadness: the scale may be reversed, as in MSP-IMPROV (1 = active).',
    repairs: [
      inRecipe('labels.activation.reversedFrom', reversed.from, `Turn it round (${reversed.from} − rating)`),
    ],
  };
}

/** Lists the faults of an intake under a recipe. */
export function qualityIssues(intake: Intake, recipe: Recipe, findings: Findings): QualityIssue[] {
  const { repaired, duplicates, names, outliers, reversed } = findings;
  const { repairs } = recipe;
  const repeated = repairs.duplicates === 'drop' ? 'left out' : 'kept; they count twice';
  const constant = repairs.constant === 'drop' ? 'left out' : 'kept; scaled to 0';
  const far = ofColumns(
    intake,
    'outliers',
    outliers.map(({ column }) => column),
    'in which a few values lie so far off that scaling to the range crushes the rest.',
    OUTLIERS,
  );
  const found = [
    reversedIssue(reversed),
    ofRows(
      intake,
      'empty-rows',
      repaired.emptyRows,
      names,
      'without any value, left out (a recording that was too short?).',
      [],
    ),
    ofColumns(intake, 'empty-columns', repaired.emptyColumns, 'without any value, left out.', []),
    ofRows(
      intake,
      'duplicate-rows',
      duplicates,
      names,
      `with the name and the values of an earlier one, ${repeated} (openSMILE appends when it is run again).`,
      DUPLICATES,
    ),
    ofColumns(
      intake,
      'constant-columns',
      repaired.constantColumns,
      `with the same value in every row, ${constant}.`,
      CONSTANT,
    ),
    far && {
      ...far,
      examples: outliers.map(({ column, value }) => `${intake.features[column]}: ${value.toPrecision(4)}`),
    },
  ];
  return [...readingIssues(intake, recipe, repaired), ...found.filter((one) => one !== null).map(issue)];
}
