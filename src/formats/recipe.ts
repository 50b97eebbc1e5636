/**
 * What was decided about a corpus: how faulty rows and cells are mended, which column names the speaker, which columns
 * are labels and how they become three classes. With it, the same files give the same corpus; it is part of a run's
 * configuration. Plain data and its schema; nothing here computes.
 */
import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(10_000));
const rating = v.pipe(v.number(), v.finite());

/** What is done with a row or cell that is no row or number, while reading. */
const ReadingSchema = v.strictObject({
  /** A row with too few or too many cells: the file is refused, or the row is left out. */
  ragged: v.picklist(['refuse', 'drop']),
  /** A word in a column of numbers: the file is refused, or the cell counts as missing. */
  words: v.picklist(['refuse', 'missing']),
});

/** What is done with what was read. */
const RepairsSchema = v.strictObject({
  /** Missing and infinite cells: the column's median, or their rows or their columns are left out. */
  missing: v.picklist(['median', 'drop-rows', 'drop-columns']),
  /** Rows with the name and the values of an earlier one. */
  duplicates: v.picklist(['keep', 'drop']),
  /** Columns with the same value in every row. */
  constant: v.picklist(['keep', 'drop']),
  /** Features left out by name. */
  ignored: v.pipe(v.array(text), v.maxLength(100_000)),
});

/** Where speakers come from. `auto` is what the reader finds by itself. */
const SpeakerSchema = v.variant('from', [
  v.strictObject({ from: v.literal('auto') }),
  v.strictObject({ from: v.literal('none') }),
  v.strictObject({ from: v.literal('column'), column: text }),
  /** A pattern on the utterance's name: a regular expression whose groups together, or else whole match, are the speaker. */
  v.strictObject({ from: v.literal('pattern'), pattern: text }),
]);

/** Where a task's classes come from. */
const LabelsSchema = v.variant('from', [
  v.strictObject({ from: v.literal('auto') }),
  v.strictObject({ from: v.literal('none') }),
  v.strictObject({
    from: v.literal('ratings'),
    column: text,
    /** low is `rating <= cuts[0]`, high is `rating >= cuts[1]`. */
    cuts: v.strictTuple([rating, rating]),
    /** Where the scale runs the other way: a rating r counts as `reversedFrom - r`; null where it does not. */
    reversedFrom: v.nullable(rating),
  }),
  v.strictObject({
    from: v.literal('words'),
    column: text,
    /** Class of each word of the column; a word that is not listed is unlabelled. */
    mapping: v.record(text, v.picklist(['low', 'mid', 'high', 'none'])),
  }),
]);

export const RecipeSchema = v.strictObject({
  reading: ReadingSchema,
  repairs: RepairsSchema,
  speaker: SpeakerSchema,
  labels: v.strictObject({ activation: LabelsSchema, valence: LabelsSchema }),
});

export type Recipe = v.InferOutput<typeof RecipeSchema>;
export type SpeakerChoice = Recipe['speaker'];
export type LabelChoice = Recipe['labels']['activation'];
export type RatingsChoice = Extract<LabelChoice, { from: 'ratings' }>;
export type ReadingRules = Recipe['reading'];
export type Repairs = Recipe['repairs'];

/** The recipe of a file that nobody has decided anything about yet. */
export const AUTO_RECIPE: Recipe = {
  reading: { ragged: 'refuse', words: 'refuse' },
  repairs: { missing: 'median', duplicates: 'keep', constant: 'keep', ignored: [] },
  speaker: { from: 'auto' },
  labels: { activation: { from: 'auto' }, valence: { from: 'auto' } },
};

/** Whether files read by the one are as they are read by the other. */
export const sameRules = (a: ReadingRules, b: ReadingRules): boolean =>
  a.ragged === b.ragged && a.words === b.words;

/** Checks a recipe read from outside. @throws naming the first part at fault. */
export function parseRecipe(input: unknown): Recipe {
  const result = v.safeParse(RecipeSchema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`Recipe: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
}
