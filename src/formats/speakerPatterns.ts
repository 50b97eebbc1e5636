/**
 * Speakers read off the utterances' names: by the patterns of known corpora, or by a pattern of the user's, whose work
 * is bounded whatever it is. Knows names only.
 */
import type { NamedColumn } from '../corpus/corpus.ts';
import { KNOWN_SPEAKERS, type SpeakerPattern } from './knownSpeakers.ts';
import { mostSteps, type PatternCost, PatternError, patternCost } from './patternCost.ts';
import { shortened } from './shorten.ts';

/** What a pattern finds. */
export interface PatternResult {
  /** Speakers of all names, −1 where the pattern finds none; null where there is an error. */
  readonly speakers: NamedColumn | null;
  /** Names in which a speaker was found. */
  readonly matched: number;
  /** One name of each of the first speakers, and the first names without (null). */
  readonly examples: readonly { readonly utterance: string; readonly speaker: string | null }[];
  /** What is wrong with the pattern, with the place, for the user; absent where nothing is. */
  readonly error?: string;
}

/** Of a name, so many characters are searched. */
const LONGEST_NAME = 512;
/** Steps of the engine that one name may take at most, a second or so. */
const MOST_STEPS = 2e8;
/** Milliseconds that all names together may take. */
const BUDGET = 3000;
const SPEAKERS_SHOWN = 6;
const MISSES_SHOWN = 2;

const SAMPLE = 200;
const ENOUGH = 0.95;

/** Finds the speaker in a name: its groups put together, or the whole match where it has none; null where none. */
function speakerIn(name: string, pattern: RegExp): string | null {
  const match = pattern.exec(name.slice(0, LONGEST_NAME));
  if (!match) return null;
  const speaker = match.length > 1 ? match.slice(1).join('') : match[0];
  return speaker === '' ? null : speaker;
}

/** Different speakers with their numbers, and examples, as names are searched. */
class Found {
  readonly index: Int32Array;
  readonly numbers = new Map<string, number>();
  readonly examples: { utterance: string; speaker: string | null }[] = [];
  matched = 0;
  private misses = 0;

  constructor(names: number) {
    this.index = new Int32Array(names).fill(-1);
  }

  add(row: number, utterance: string, speaker: string | null): void {
    if (speaker === null) {
      if (this.misses++ < MISSES_SHOWN) this.examples.push({ utterance, speaker });
      return;
    }
    this.matched++;
    let number = this.numbers.get(speaker);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(speaker, number);
      if (number < SPEAKERS_SHOWN) this.examples.push({ utterance, speaker });
    }
    this.index[row] = number;
  }
}

const refusal = (error: string): PatternResult => ({ speakers: null, matched: 0, examples: [], error });

/**
 * Reads speakers off names by a regular expression: what its groups catch, one after another, or the whole match
 * where it has none. Case counts. Never hangs: patterns whose work cannot be bounded are refused, names are searched
 * up to 512 characters, and the whole ends soon after the budget is spent.
 * @param budget milliseconds for all names together.
 */
export function applyPattern(pattern: string, names: readonly string[], budget = BUDGET): PatternResult {
  if (pattern === '') return refusal('The pattern is empty. Write a regular expression, such as ^([^_]+)_');
  let cost: PatternCost;
  try {
    cost = patternCost(pattern);
  } catch (error) {
    if (error instanceof PatternError) return refusal(`The pattern has ${error.message}.`);
    throw error;
  }
  const expression = new RegExp(pattern);
  const found = new Found(names.length);
  const until = performance.now() + budget;
  for (const [row, name] of names.entries()) {
    if (mostSteps(cost, Math.min(name.length, LONGEST_NAME)) > MOST_STEPS) {
      return refusal(
        `The pattern has too many open repetitions (* or +) for a name as long as "${shortened(name)}": it could ` +
          'take minutes. Use fewer of them.',
      );
    }
    found.add(row, name, speakerIn(name, expression));
    if (performance.now() > until) {
      return refusal(
        `The pattern takes too long: after ${budget / 1000} s, ${row + 1} of ${names.length} names were searched. ` +
          'Use fewer repetitions (* or +), or begin the pattern with ^.',
      );
    }
  }
  const { index, matched, examples, numbers } = found;
  return { speakers: { names: [...numbers.keys()], index }, matched, examples };
}

/** Names spread evenly over all. */
function sampleOf(names: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(names.length / SAMPLE));
  return names.filter((_, i) => i % step === 0);
}

/**
 * The pattern of a known corpus whose names these are: it finds a speaker in 95 % of them at least, two speakers or
 * more, and no more than half as many as there are names. Null where there is none.
 */
export function proposePattern(names: readonly string[]): SpeakerPattern | null {
  const sample = sampleOf(names);
  for (const known of KNOWN_SPEAKERS) {
    const expression = new RegExp(known.pattern);
    const hits = sample.filter((name) => speakerIn(name, expression) !== null);
    if (hits.length < 0.9 * sample.length) continue;
    const { speakers, matched } = applyPattern(known.pattern, names);
    const count = speakers?.names.length ?? 0;
    if (matched >= ENOUGH * names.length && count >= 2 && count <= names.length / 2) return known;
  }
  return null;
}
