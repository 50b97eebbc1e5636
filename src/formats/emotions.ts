/**
 * From words to classes: emotions placed on the circumplex of activation and valence, and the words used for
 * the three classes themselves. Tables only; knows no files.
 */
import { type Task, UNLABELLED } from '../corpus/corpus.ts';

const LOW = 0;
const MID = 1;
const HIGH = 2;

/** Class indices of an emotion for either task. */
export type Circumplex = Readonly<Record<Task, number>>;

const at = (activation: number, valence: number): Circumplex => ({ activation, valence });

/** Words for each place, full names and the abbreviations of the usual corpora. */
const PLACES: readonly (readonly [words: string, place: Circumplex])[] = [
  ['anger angry ang wut ärger mad rage', at(HIGH, LOW)],
  [
    'happiness happy hap joy freude excitement excited exc elation amusement pleasant_surprise ps',
    at(HIGH, HIGH),
  ],
  ['fear fearful fea anxiety anxious angst panic', at(HIGH, LOW)],
  ['surprise surprised sur', at(HIGH, MID)],
  ['sadness sad trauer', at(LOW, LOW)],
  ['boredom bored bor langeweile tiredness tired', at(LOW, LOW)],
  ['calm calmness relaxed relief contentment content', at(LOW, HIGH)],
  ['disgust disgusted dis ekel contempt con frustration frustrated fru', at(MID, LOW)],
  ['pride proud interest interested', at(MID, HIGH)],
  ['neutral neu neutrality', at(MID, MID)],
];

const EMOTIONS = new Map(PLACES.flatMap(([words, place]) => words.split(' ').map((w) => [w, place])));

/** The place of an emotion word in any case, or null for an unknown one. */
export const circumplexOf = (word: string): Circumplex | null =>
  EMOTIONS.get(word.trim().toLowerCase()) ?? null;

const COMMON: readonly (readonly [words: string, index: number])[] = [
  ['low l lo', LOW],
  ['mid middle m med medium moderate neutral', MID],
  ['high h hi', HIGH],
];
const OF_TASK: Readonly<Record<Task, readonly (readonly [words: string, index: number])[]>> = {
  activation: [
    ['passive inactive deactivated calm', LOW],
    ['active activated excited', HIGH],
  ],
  valence: [
    ['negative neg unpleasant', LOW],
    ['positive pos pleasant', HIGH],
  ],
};

const tableOf = (rows: typeof COMMON) => new Map(rows.flatMap(([w, i]) => w.split(' ').map((x) => [x, i])));
const CLASS_WORDS: Readonly<Record<Task, Map<string, number>>> = {
  activation: tableOf([...COMMON, ...OF_TASK.activation]),
  valence: tableOf([...COMMON, ...OF_TASK.valence]),
};

/** The class index of a word like `low`, `neutral` or `positive`; `UNLABELLED` for an unknown one. */
export const classOfWord = (word: string, task: Task): number =>
  CLASS_WORDS[task].get(word.trim().toLowerCase()) ?? UNLABELLED;

/**
 * The names of the classes of numeric ordinals by their values, or null: {0, 1, 2}, {1, 2, 3} and {−1, 0, 1}
 * count three classes; other values are ratings.
 */
export function ordinalStart(values: ReadonlySet<number>): number | null {
  const all = [...values];
  if (all.length < 2 || !all.every(Number.isInteger)) return null;
  const within = (from: number) => all.every((v) => v >= from && v <= from + 2);
  if (values.has(-1)) return within(-1) ? -1 : null;
  if (values.has(0)) return within(0) ? 0 : null;
  return within(1) ? 1 : null;
}
