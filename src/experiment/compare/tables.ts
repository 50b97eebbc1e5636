/**
 * The figures of a comparison in the paper's layout, Tables 1 to 3, with tables of our own for what it has no column
 * for. Pure data: the page, Markdown and LaTeX show the same.
 */
import { METHOD_DESCRIPTIONS, TASK_TITLES } from './config.ts';
import { AUGMENTATION_GROUPS, BASELINE_GROUPS, type ColumnGroup, controlGroups, sameCell } from './layout.ts';
import { comparisonNotes } from './notes.ts';
import { PAPER_AUGMENTATION, PAPER_BASELINES, PAPER_WITHIN, type PaperRows } from './paperFigures.ts';
import type { CellSummary, ComparisonResults } from './summary.ts';

/** A figure in percent. */
export interface TableFigure {
  readonly kind: 'figure';
  readonly mean: number;
  /** Sample standard deviation over seeds; null where there is one figure only, or the paper gives none. */
  readonly sd: number | null;
  /** Seeds done, where they are fewer than the comparison has. */
  readonly partial: number | null;
  /** The largest of its row among the columns of its group; says nothing else. */
  readonly largest: boolean;
}

/** Null is a figure that there is not. */
export type TableCell = TableFigure | { readonly kind: 'text'; readonly text: string } | null;

export interface TableRow {
  readonly labels: readonly string[];
  /** `paper`: printed there, of other corpora than the user's. */
  readonly origin: 'own' | 'paper';
  /** One a column, over all groups. */
  readonly cells: readonly TableCell[];
}

export interface Table {
  /** Short name, e.g. for anchors. */
  readonly key: string;
  readonly caption: string;
  /** Headings of the labels. */
  readonly labels: readonly string[];
  readonly groups: readonly { readonly title: string; readonly columns: readonly string[] }[];
  readonly rows: readonly TableRow[];
}

export interface ComparisonDocument {
  readonly title: string;
  readonly tables: readonly Table[];
  /** What the reader must know to read them, one sentence or two each. */
  readonly notes: readonly string[];
}

export interface TableOptions {
  /** Adds the paper's rows for the same task, marked as those of other corpora. */
  readonly paper?: boolean;
}

function figureOf({ mean, sd, seeds }: CellSummary, planned: number): TableFigure {
  return {
    kind: 'figure',
    mean,
    sd: seeds.length > 1 ? sd : null,
    partial: seeds.length < planned ? seeds.length : null,
    largest: false,
  };
}

const printedFigure = (mean: number): TableFigure => ({
  kind: 'figure',
  mean,
  sd: null,
  partial: null,
  largest: false,
});

/** Marks the largest figure of each group of columns; of one figure alone nothing is said. */
function markLargest(cells: readonly TableCell[], widths: readonly number[]): TableCell[] {
  let first = 0;
  return widths.flatMap((width) => {
    const group = cells.slice(first, first + width);
    first += width;
    const means = group.flatMap((cell) => (cell?.kind === 'figure' ? [cell.mean] : []));
    const largest = means.length > 1 ? Math.max(...means) : null;
    return group.map((cell) =>
      cell?.kind === 'figure' && cell.mean === largest ? { ...cell, largest: true } : cell,
    );
  });
}

const headings = (groups: readonly ColumnGroup[]): Table['groups'] =>
  groups.map(({ title, columns }) => ({ title, columns: columns.map(({ heading }) => heading) }));

/** A table of one row of the user's, and the paper's below where it has such a table. */
function transferTable(
  results: ComparisonResults,
  table: Pick<Table, 'key' | 'caption'>,
  groups: readonly ColumnGroup[],
  printed: PaperRows | null,
): Table {
  const { config, corpora, cells } = results;
  const task = TASK_TITLES[config.task];
  const widths = groups.map(({ columns }) => columns.length);
  const own = groups
    .flatMap(({ columns }) => columns)
    .map(({ cell }) => {
      const found = cells.find((other) => sameCell(other, cell));
      return found ? figureOf(found, config.seeds.length) : null;
    });
  const paper = (printed?.[config.task] ?? []).map(
    ({ corpora, figures }): TableRow => ({
      labels: [task, `${corpora} (paper)`],
      origin: 'paper',
      cells: markLargest(figures.map(printedFigure), widths),
    }),
  );
  const labels = [task, `${corpora.source.name} → ${corpora.target.name}`];
  return {
    ...table,
    labels: ['Emo', 'Corpora'],
    groups: headings(groups),
    rows: [{ labels, origin: 'own', cells: markLargest(own, widths) }, ...paper],
  };
}

/** Table 1: rows are corpora. */
function withinTable({ config, corpora, cells }: ComparisonResults, paper: boolean): Table {
  const row = (corpus: 'target' | 'source'): TableRow => {
    const figures = (['dnn', 'svm'] as const).map((recogniser) => {
      const found = cells.find((cell) => cell.corpus === corpus && cell.recogniser === recogniser);
      return found ? figureOf(found, config.seeds.length) : null;
    });
    return {
      labels: [`${corpora[corpus].name} (${corpus})`],
      origin: 'own',
      cells: markLargest(figures, [2]),
    };
  };
  const printed = PAPER_WITHIN[config.task].map(
    (printed): TableRow => ({
      labels: [`${printed.corpora} (paper)`],
      origin: 'paper',
      cells: markLargest(printed.figures.map(printedFigure), [2]),
    }),
  );
  return {
    key: 'within',
    caption:
      'Trained and tested within each corpus, one speaker left out at a time (no transfer); * balanced by random up-sampling.',
    labels: ['Corpus'],
    groups: [{ title: TASK_TITLES[config.task], columns: ['DNN*', 'SVM'] }],
    rows: [row('target'), row('source'), ...(paper ? printed : [])],
  };
}

/** With its sign, a true minus. */
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/** Every figure with its difference to the baseline and what chance has to do with it. */
function differenceTable({ config, cells }: ComparisonResults): Table {
  const rows = cells
    .filter(({ method }) => method !== 'within')
    .map((cell): TableRow => {
      const { versus } = cell;
      const texts = versus
        ? [
            signed(versus.difference),
            versus.interval ? versus.interval.map(signed).join(' to ') : 'not given',
            versus.p.toPrecision(3),
            versus.minimumP.toPrecision(3),
          ]
        : null;
      return {
        labels: [METHOD_DESCRIPTIONS[cell.method].title, cell.samples],
        origin: 'own',
        cells: [
          figureOf(cell, config.seeds.length),
          ...(texts?.map((text) => ({ kind: 'text', text }) as const) ?? [null, null, null, null]),
        ],
      };
    });
  return {
    key: 'differences',
    caption:
      'Difference to the recogniser trained on the source alone, in percentage points, paired by seed.',
    labels: ['Method', 'Samples'],
    groups: [
      { title: 'On the target', columns: ['UAR'] },
      { title: 'Against source only', columns: ['difference', '95 % interval', 'p', 'smallest p possible'] },
    ],
    rows,
  };
}

/** The tables of a comparison and what belongs beside them. */
export function comparisonDocument(
  results: ComparisonResults,
  { paper = false }: TableOptions = {},
): ComparisonDocument {
  const { corpora, config } = results;
  const printed = (rows: PaperRows) => (paper ? rows : null);
  return {
    title: `${TASK_TITLES[config.task]}, ${corpora.source.name} → ${corpora.target.name}`,
    tables: [
      withinTable(results, paper),
      transferTable(
        results,
        { key: 'baselines', caption: 'Baseline models and CCEmoGAN, UAR on the target.' },
        BASELINE_GROUPS,
        printed(PAPER_BASELINES),
      ),
      transferTable(
        results,
        { key: 'augmentation', caption: 'Augmentation by other cycle GANs, UAR on the target.' },
        AUGMENTATION_GROUPS,
        printed(PAPER_AUGMENTATION),
      ),
      transferTable(
        results,
        { key: 'controls', caption: 'No method, and what is nearly free, UAR on the target.' },
        controlGroups(),
        null,
      ),
      differenceTable(results),
    ],
    notes: comparisonNotes(results, paper),
  };
}
