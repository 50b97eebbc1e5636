/** Which figure stands where in the paper's Tables 2 and 3, and what remains for a table of our own. No number. */
import { type Cell, cellsOf, type Samples } from './cells.ts';
import { METHOD_DESCRIPTIONS, METHOD_NAMES, type MethodName } from './config.ts';

/** A column of a table and the figure under it. */
export interface Column {
  readonly heading: string;
  readonly cell: Pick<Cell, 'method' | 'samples'>;
}

/** Columns under one heading. */
export interface ColumnGroup {
  readonly title: string;
  readonly columns: readonly Column[];
}

const column = (heading: string, method: MethodName, samples: Samples): Column => ({
  heading,
  cell: { method, samples },
});

/** A method's samples side by side, each called by its letters. */
const samplesOf = (title: string, method: MethodName, samples: readonly Samples[]): ColumnGroup => ({
  title,
  columns: samples.map((letters) => column(letters, method, letters)),
});

/** Table 2: other methods, and CCEmoGAN's samples. */
export const BASELINE_GROUPS: readonly ColumnGroup[] = [
  {
    title: 'Baseline model',
    columns: [
      column('DANN*', 'dann', 'O'),
      column('CyCADA', 'cycada', 'O'),
      column('CyEmoGAN', 'cyemogan', 'O'),
      column('TC_A', 'cyclegan', 'A'),
      column('TC_OA', 'cyclegan', 'OA'),
      column('TC_B', 'cyclegan', 'B'),
      column('TC_OB', 'cyclegan', 'OB'),
    ],
  },
  samplesOf('CCEmoGAN augmentation', 'ccemogan', ['A', 'B', 'C', 'OA', 'OB', 'OC']),
];

/** Table 3: what other cycle GANs' samples do for a recogniser. */
export const AUGMENTATION_GROUPS: readonly ColumnGroup[] = [
  samplesOf('CyCADA', 'cycada', ['A', 'B', 'OA', 'OB']),
  samplesOf('CyEmoGAN', 'cyemogan', ['A', 'B', 'OA', 'OB']),
];

/** Whether two names are of the same figure. */
export const sameCell = (a: Column['cell'], b: Column['cell']): boolean =>
  a.method === b.method && a.samples === b.samples;

/** What the paper has no column for: the baseline without any method, and the controls. */
export function controlGroups(): readonly ColumnGroup[] {
  const printed = [...BASELINE_GROUPS, ...AUGMENTATION_GROUPS].flatMap(({ columns }) => columns);
  const others = cellsOf(METHOD_NAMES.filter((method) => method !== 'within')).filter(
    ({ cell }) => !printed.some((known) => sameCell(known.cell, cell)),
  );
  const columns = others.map(({ cell: { method, samples } }) => {
    const { title } = METHOD_DESCRIPTIONS[method];
    return column(samples === 'O' ? title : `${title} ${samples}`, method, samples);
  });
  return [{ title: 'Baseline and controls', columns }];
}
