/**
 * From a recipe's choices to speakers and labels: what was left to the reader (`auto`) is found and settled, what was
 * chosen is taken as chosen. Knows columns of text, no files and no matrix.
 */
import {
  CLASSES,
  classIndices,
  countedRatings,
  type LabelColumn,
  type NamedColumn,
  TASKS,
  type Task,
  UNLABELLED,
} from '../corpus/corpus.ts';
import { proposeScale } from '../corpus/cuts.ts';
import { circumplexOf, classOfWord, ordinalStart } from './emotions.ts';
import type { TextColumn } from './intake.ts';
import { findLabels, namedColumn, ratingsOf } from './labels.ts';
import type { LabelChoice, RatingsChoice, Recipe, SpeakerChoice } from './recipe.ts';
import type { ColumnSummary } from './report.ts';
import { seemsReversed } from './scaleCheck.ts';
import { counted, listed } from './shorten.ts';
import { applyPattern, proposePattern } from './speakerPatterns.ts';
import type { Warn } from './warnings.ts';

/** Speakers and labels of the rows, and the choices that they came from, none of them `auto`. */
export interface Settled {
  readonly speakers: NamedColumn | null;
  /** The emotion column, for display. */
  readonly emotions: NamedColumn | null;
  readonly labels: Partial<Record<Task, LabelColumn>>;
  readonly choices: Pick<Recipe, 'speaker' | 'labels'>;
  /** Ratings of activation that seem to run the wrong way: their column, and the value to subtract them from. */
  readonly reversed: { readonly column: string; readonly from: number } | null;
}

function columnNamed(columns: readonly TextColumn[], name: string, what: string): TextColumn {
  const column = columns.find((c) => c.name === name);
  if (column) return column;
  const known =
    columns.length > 0
      ? `there are ${listed(
          columns.map((c) => c.name),
          8,
        )}`
      : 'there is none';
  throw new Error(`${what}: no column of text is called "${name}"; ${known}.`);
}

/** The choice that gives these labels. */
export function choiceOf(labels: LabelColumn | undefined): LabelChoice {
  if (!labels) return { from: 'none' };
  const { column } = labels;
  if (labels.kind === 'continuous') {
    return { from: 'ratings', column, cuts: [...labels.cuts], reversedFrom: labels.reversedFrom ?? null };
  }
  const mapping = labels.names.map((word, i): [string, 'low' | 'mid' | 'high' | 'none'] => [
    word,
    CLASSES[labels.mapping[i]] ?? 'none',
  ]);
  return { from: 'words', column, mapping: Object.fromEntries(mapping) };
}

/** Class of each word: as an emotion on the circumplex, or as the name of a class where more of them are that. */
export function proposedMapping(
  words: readonly string[],
  task: Task,
): Extract<LabelChoice, { from: 'words' }>['mapping'] {
  const placed = words.map((word) => circumplexOf(word)?.[task] ?? UNLABELLED);
  const classed = words.map((word) => classOfWord(word, task));
  const known = (classes: readonly number[]) => classes.filter((k) => k !== UNLABELLED).length;
  const classes = known(classed) > known(placed) ? classed : placed;
  return Object.fromEntries(words.map((word, i) => [word, CLASSES[classes[i]] ?? 'none']));
}

/**
 * The choice to begin with where somebody takes a task's labels from a column: as the reader would take them if the
 * column's name said so. Words that its summary does not list have no class.
 */
export function choiceFor({ name, cuts, words: listed }: ColumnSummary, task: Task): LabelChoice {
  const words = listed.map(({ word }) => word);
  const start = cuts ? ordinalStart(new Set(words.map(Number))) : null;
  if (start !== null) {
    const mapping = words.map((word) => [word, CLASSES[Number(word) - start]] as const);
    return { from: 'words', column: name, mapping: Object.fromEntries(mapping) };
  }
  if (cuts) return { from: 'ratings', column: name, cuts: [...cuts], reversedFrom: null };
  return { from: 'words', column: name, mapping: proposedMapping(words, task) };
}

/** The labels of a choice that somebody made. */
function labelsOf(choice: LabelChoice, columns: readonly TextColumn[], task: Task): LabelColumn | null {
  if (choice.from === 'none' || choice.from === 'auto') return null;
  const column = columnNamed(columns, choice.column, `Labels of ${task}`);
  if (choice.from === 'words') {
    const named = namedColumn(column.cells);
    const mapping = named.names.map((word) => {
      const name = Object.hasOwn(choice.mapping, word) ? choice.mapping[word] : 'none';
      return name === 'none' ? UNLABELLED : CLASSES.indexOf(name);
    });
    return { kind: 'categorical', column: column.name, ...named, mapping };
  }
  const ratings = ratingsOf(column);
  if (!ratings) throw new Error(`Labels of ${task}: column "${column.name}" holds words, not ratings.`);
  const { cuts, reversedFrom } = choice;
  if (!(cuts[0] < cuts[1])) {
    throw new Error(`Labels of ${task}: the cuts ${cuts[0]} and ${cuts[1]} must rise.`);
  }
  return {
    kind: 'continuous',
    column: column.name,
    ratings,
    cuts,
    ...(reversedFrom !== null && { reversedFrom }),
  };
}

/**
 * The same ratings on a scale that runs the other way, with the boundaries between the same ratings as before: what was
 * low is high. Turned twice they are as they were.
 */
export function turned(choice: RatingsChoice, from: number): RatingsChoice {
  const [low, high] = choice.cuts;
  const at = choice.reversedFrom ?? from;
  return {
    ...choice,
    cuts: [at - high, at - low],
    reversedFrom: choice.reversedFrom === null ? from : null,
  };
}

/** Where the scale of some ratings is turned round: 6 for 1 to 5, 0 for −1 to 1. */
export function turningPoint(ratings: Float32Array): number {
  const ends = proposeScale(ratings)
    .name.split(' to ')
    .map((end) => Number(end.replace('−', '-')));
  return ends[0] + ends[1];
}

function settleSpeakers(
  choice: SpeakerChoice,
  columns: readonly TextColumn[],
  utterances: readonly string[],
  warn: Warn,
): { speakers: NamedColumn | null; choice: SpeakerChoice } {
  const none = { speakers: null, choice: { from: 'none' } } as const;
  if (choice.from === 'none') return none;
  if (choice.from === 'column') {
    return { speakers: namedColumn(columnNamed(columns, choice.column, 'Speakers').cells), choice };
  }
  if (choice.from === 'pattern') {
    const { speakers, error, matched } = applyPattern(choice.pattern, utterances);
    if (error) throw new Error(`Speakers: ${error}`);
    if (matched < utterances.length) {
      const message = `The pattern finds no speaker in ${counted(utterances.length - matched, 'name')}.`;
      warn('speaker-not-found', 'the utterances’ names', message);
    }
    return { speakers, choice };
  }
  for (const { name, role, cells } of columns) {
    if (role !== 'speaker') continue;
    const named = namedColumn(cells);
    if (named.names.length > 0) return { speakers: named, choice: { from: 'column', column: name } };
  }
  const proposed = proposePattern(utterances);
  if (!proposed) return none;
  const { speakers } = applyPattern(proposed.pattern, utterances);
  const message = `Speakers are read off the names as in ${proposed.name}: ${counted(speakers?.names.length ?? 0, 'speaker')}.`;
  warn('speaker-from-name', 'the utterances’ names', message);
  return { speakers, choice: { from: 'pattern', pattern: proposed.pattern } };
}

function warnUnlabelled(labels: LabelColumn | undefined, task: Task, warn: Warn): void {
  if (!labels) return;
  const missing = classIndices(labels).reduce((sum, k) => sum + (k === UNLABELLED ? 1 : 0), 0);
  if (missing === 0) return;
  const empty = labels.kind === 'categorical' ? labels.index.filter((i) => i < 0).length : missing;
  const others = empty < missing ? `, ${missing - empty} of them with a word that has no class` : '';
  const message = `${counted(missing, 'row')} without ${task}${others}.`;
  warn('unlabelled-rows', `column "${labels.column}"`, message);
}

/**
 * Settles speakers and labels of some rows.
 * @param columns the text columns of those rows; of several with a role, the first that holds it counts.
 * @throws Error saying which choice cannot be kept, such as a column that is not there.
 */
export function settleChoices(
  columns: readonly TextColumn[],
  utterances: readonly string[],
  recipe: Pick<Recipe, 'speaker' | 'labels'>,
  warn: Warn,
): Settled {
  // What is found for a task that was chosen already must not be warned about.
  const auto = (task: Task) => recipe.labels[task].from === 'auto';
  const wanted = columns.filter(({ role }) => !TASKS.some((task) => task === role && !auto(task)));
  const found = findLabels(wanted, TASKS.some(auto) ? warn : () => undefined);
  const labels: Partial<Record<Task, LabelColumn>> = {};
  for (const task of TASKS) {
    const own = auto(task) ? found.labels[task] : labelsOf(recipe.labels[task], columns, task);
    if (own) labels[task] = own;
    warnUnlabelled(labels[task], task, warn);
  }
  const choiceFor = (task: Task) => (auto(task) ? choiceOf(labels[task]) : recipe.labels[task]);
  const emotions = found.emotions && namedColumn(found.emotions.cells);
  const { activation } = labels;
  const suspect = emotions !== null && activation !== undefined && seemsReversed(emotions, activation);
  if (suspect && activation.kind === 'categorical') {
    const message = 'Anger lies below sadness: are the classes meant as they are mapped?';
    warn('activation-reversed', `column "${activation.column}"`, message);
  }
  const { speakers, choice } = settleSpeakers(recipe.speaker, columns, utterances, warn);
  return {
    speakers: speakers && speakers.names.length > 0 ? speakers : null,
    emotions,
    labels,
    choices: {
      speaker: choice,
      labels: { activation: choiceFor('activation'), valence: choiceFor('valence') },
    },
    reversed:
      suspect && activation.kind === 'continuous'
        ? { column: activation.column, from: turningPoint(countedRatings(activation)) }
        : null,
  };
}
