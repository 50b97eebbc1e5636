/**
 * What tells corpora apart, so that units of a comparison are only ever put together where they were computed on the
 * same data. Knows nothing of files: the same rows read from another format have the same fingerprint.
 */
import * as v from 'valibot';
import { type Corpus, corpusClasses, type Task } from '../../corpus/corpus.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const FingerprintSchema = v.strictObject({
  name: v.string(),
  rows: count,
  features: count,
  /** Of feature names, values, speakers and the task's classes; 16 hexadecimal digits. */
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  /** True for the built-in demo corpora. */
  simulated: v.boolean(),
});
export type Fingerprint = v.InferOutput<typeof FingerprintSchema>;

export const FingerprintsSchema = v.strictObject({ source: FingerprintSchema, target: FingerprintSchema });
export type Fingerprints = v.InferOutput<typeof FingerprintsSchema>;

/**
 * A 64-bit hash of 32-bit words, two lanes of murmur3's mixing with different constants (Appleby 2011). Against
 * accidents, not against anyone who means to deceive.
 */
class Hash {
  private a = 0x9e3779b9;
  private b = 0x85ebca6b;

  words(words: ArrayLike<number>): this {
    let { a, b } = this;
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 0xcc9e2d51);
      a = (a << 15) | (a >>> 17);
      b = Math.imul(b ^ words[i], 0x1b873593);
      b = (b << 13) | (b >>> 19);
      a = (a + b) | 0;
    }
    this.a = a;
    this.b = b;
    // The length separates what follows from what came before.
    return words.length === 0 ? this.word(0) : this.word(words.length);
  }

  texts(texts: readonly string[]): this {
    for (const text of texts) this.words(Array.from(text, (character) => character.codePointAt(0) as number));
    return this.word(texts.length);
  }

  digest(): string {
    return [this.a, this.b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private word(word: number): this {
    this.a = Math.imul(this.a ^ word, 0x85ebca6b) ^ (this.b >>> 16);
    this.b = Math.imul(this.b ^ word, 0xc2b2ae35) ^ (this.a >>> 13);
    return this;
  }
}

function fingerprint(corpus: Corpus, task: Task): Fingerprint {
  const { name, rows, features, values, speakers, simulated } = corpus;
  const hash = new Hash()
    .texts(features)
    .words(new Uint32Array(values.buffer, values.byteOffset, values.length))
    .texts(speakers?.names ?? [])
    .words(speakers?.index ?? [])
    .words(corpusClasses(corpus, task));
  return { name, rows, features: features.length, hash: hash.digest(), simulated };
}

/** Whether two pairs hold the same data for the task of their fingerprints, whatever they are called. */
export const sameCorpora = (a: Fingerprints, b: Fingerprints): boolean =>
  a.source.hash === b.source.hash && a.target.hash === b.target.hash;

/** The fingerprints of a pair of corpora for a task. */
export function fingerprints(pair: { source: Corpus; target: Corpus }, task: Task): Fingerprints {
  return { source: fingerprint(pair.source, task), target: fingerprint(pair.target, task) };
}
