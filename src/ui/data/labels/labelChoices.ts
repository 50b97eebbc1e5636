/** What can be chosen for labels and speakers, and what a choice becomes. Pure; knows no store. */
import { CLASSES, type Task, UNLABELLED } from '../../../corpus/corpus.ts';
import { proposeScale, tercilesOf } from '../../../corpus/cuts.ts';
import { choiceFor, proposedMapping } from '../../../formats/choices.ts';
import { circumplexOf } from '../../../formats/emotions.ts';
import type { LabelChoice, Recipe, SpeakerChoice } from '../../../formats/recipe.ts';
import type { ColumnSummary } from '../../../formats/report.ts';

export type WordsChoice = Extract<LabelChoice, { from: 'words' }>;
export type ClassName = WordsChoice['mapping'][string];

/** Columns of the same name are one choice: the first counts, as it does where the corpus is made. */
export const distinctColumns = (columns: readonly ColumnSummary[]): readonly ColumnSummary[] =>
  columns.filter(({ name }, i) => columns.findIndex((other) => other.name === name) === i);

/** A recipe with another choice for one task. */
export const withLabels =
  (task: Task, choice: LabelChoice) =>
  (recipe: Recipe): Recipe => ({ ...recipe, labels: { ...recipe.labels, [task]: choice } });

/** A recipe with other speakers. */
export const withSpeakers =
  (speaker: SpeakerChoice) =>
  (recipe: Recipe): Recipe => ({ ...recipe, speaker });

/** A recipe in which one word of a task's column has another class. */
export const withWord =
  (task: Task, word: string, name: ClassName) =>
  (recipe: Recipe): Recipe => {
    const choice = recipe.labels[task];
    if (choice.from !== 'words') return recipe;
    return withLabels(task, { ...choice, mapping: { ...choice.mapping, [word]: name } })(recipe);
  };

/** Whether a column of numbers has so few values that they may stand for classes. */
const FEW = 20;

/** How the numbers of a column can be taken; null where there is no choice. */
export function readings(
  column: ColumnSummary,
  task: Task,
): { readonly ratings: LabelChoice; readonly words: LabelChoice } | null {
  if (!column.cuts || column.words.length > FEW) return null;
  const first = choiceFor(column, task);
  return {
    ratings: { from: 'ratings', column: column.name, cuts: [...column.cuts], reversedFrom: null },
    words:
      first.from === 'words'
        ? first
        : {
            from: 'words',
            column: column.name,
            mapping: proposedMapping(
              column.words.map(({ word }) => word),
              task,
            ),
          },
  };
}

/** Boundaries that a scale is usually cut at. */
export interface CutPreset {
  readonly label: string;
  readonly cuts: readonly [number, number];
}

/** A number without the digits that only float32 has. */
export const tidy = (value: number): number => Number(value.toPrecision(6));

/** The presets that fit the ratings, which may lack some (NaN): the cuts of their scale, if it is known, and terciles. */
export function cutPresets(ratings: Float32Array): CutPreset[] {
  const terciles = tercilesOf(ratings);
  if (!terciles) return [];
  const { name, cuts, fromData } = proposeScale(ratings);
  const [low, high] = cuts.map((cut) => `${tidy(cut)}`.replace('-', '−'));
  const known = fromData ? [] : [{ label: `${name}: ≤ ${low}, ≥ ${high}`, cuts }];
  return [...known, { label: 'Terciles', cuts: terciles }];
}

/** How far an arrow key moves a boundary over a range: a round number of which a hundred or so make the range. */
export function stepOf(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 100));
  const times = range / 100 / power;
  return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

/** The boundaries after one was moved to a place, on a multiple of the step and never past the other. */
export function movedCuts(
  cuts: readonly [number, number],
  at: 0 | 1,
  place: number,
  step: number,
): readonly [number, number] {
  const value = tidy(Math.round(place / step) * step);
  return at === 0
    ? [Math.min(value, tidy(cuts[1] - step)), cuts[1]]
    : [cuts[0], Math.max(value, tidy(cuts[0] + step))];
}

/** What the words of a column are set back to, and whether that is their place on the circumplex. */
export function proposalFor(
  column: ColumnSummary,
  task: Task,
): { readonly choice: WordsChoice; readonly circumplex: boolean } | null {
  const choice = column.kind === 'words' ? choiceFor(column, task) : readings(column, task)?.words;
  if (choice?.from !== 'words') return null;
  const placed = ({ word }: { word: string }) => CLASSES[circumplexOf(word)?.[task] ?? UNLABELLED] ?? 'none';
  const circumplex = column.words.every((entry) => placed(entry) === choice.mapping[entry.word]);
  return { choice, circumplex };
}
