/** Selected samples as a table in the units of the files: real and synthetic ones below each other. Writes nothing. */
import { CLASSES, corpusClasses, type Task } from '../src/corpus/corpus.ts';
import {
  assertRow,
  type InspectedPair,
  inUnits,
  originOf,
  samplesOf,
  selectedRows,
  stacked,
} from '../src/diagnosis/inspectPair.ts';
import { isReal, SAMPLE_GROUPS, type SampleGroup, type SampleSelection } from '../src/diagnosis/samples.ts';
import type { SyntheticSets } from '../src/experiment/events.ts';
import type { Sheet, SheetColumn } from '../src/formats/sheet.ts';

/** One row of the table, without its features. */
interface Line {
  readonly group: SampleGroup;
  readonly utterance: string;
  /** The corpus and its row, from 1, that the sample is or was made from. */
  readonly corpus: string;
  readonly row: number;
  readonly speaker: string;
  readonly label: string;
}

type Part = readonly [SampleGroup, Int32Array];

/** Class of each row of a group, negative where it has none. */
const classesOf = (pair: InspectedPair, group: SampleGroup, task: Task, sets: SyntheticSets | null) =>
  isReal(group) ? corpusClasses(pair[group], task) : samplesOf(group, sets).classes;

function linesOf(pair: InspectedPair, [group, rows]: Part, task: Task, sets: SyntheticSets | null): Line[] {
  const classes = classesOf(pair, group, task, sets);
  return Array.from(rows, (row) => {
    const origin = originOf({ group, row }, sets);
    const { name, utterances, speakers } = pair[origin.group];
    return {
      group,
      utterance: utterances[origin.row],
      corpus: name,
      row: origin.row + 1,
      speaker: speakers?.names[speakers.index[origin.row]] ?? '',
      label: CLASSES[classes[row]] ?? '',
    };
  });
}

/**
 * The selected samples, group by group: which group, the utterance each is or was made from, with its corpus, row and
 * speaker, the class, the features.
 * @throws where nothing is selected, or a sample is not there.
 */
export function selectionSheet(
  pair: InspectedPair,
  task: Task,
  selection: SampleSelection,
  sets: SyntheticSets | null,
): Sheet {
  const parts = selectedRows(selection, SAMPLE_GROUPS);
  if (parts.length === 0) throw new Error('Nothing is selected: draw around some points of the map first.');
  for (const [group, rows] of parts) assertRow(pair, { group, row: rows[rows.length - 1] }, sets);
  const lines = parts.flatMap((part) => linesOf(pair, part, task, sets));
  const { features } = pair.matched;
  const text = (name: string, cell: (line: Line) => string, words?: readonly string[]): SheetColumn => ({
    name,
    kind: 'text',
    words,
    cell: (row) => cell(lines[row]),
  });
  return {
    name: 'selection',
    rows: lines.length,
    columns: [
      text('name', ({ utterance }) => utterance),
      text('group', ({ group }) => group, SAMPLE_GROUPS),
      text('origin', ({ corpus }) => corpus),
      { name: 'origin_row', kind: 'numbers', cell: (row) => `${lines[row].row}` },
      text('speaker', ({ speaker }) => speaker),
      text(task, ({ label }) => label, CLASSES),
    ],
    features,
    values: stacked(parts.map(([group, rows]) => inUnits(pair, group, rows, sets))).values,
  };
}
