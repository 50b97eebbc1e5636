/**
 * What a comparison is of, and so which units belong together: configuration, corpora, and the version of the program
 * that computes. Says what differs where they are not the same. Knows nothing of files.
 */
import * as v from 'valibot';
import type { Settings } from '../config.ts';
import { type ComparisonConfig, ComparisonConfigSchema } from './config.ts';
import { FingerprintsSchema } from './fingerprint.ts';
import { sameUnit, type UnitResult, unitName } from './unit.ts';

export const IdentitySchema = v.strictObject({
  /** Of the format of this object and of the units. */
  version: v.literal(1),
  /** The version of the program that computed the units; empty where none was noted, as in older folders. */
  program: v.optional(v.string(), ''),
  config: ComparisonConfigSchema,
  corpora: FingerprintsSchema,
});
export type Identity = v.InferOutput<typeof IdentitySchema>;

/** The identity of a comparison in the present format. @param program the version that computes it. */
export const identityOf = (
  config: ComparisonConfig,
  corpora: Identity['corpora'],
  program: string,
): Identity => ({
  version: 1,
  program,
  config,
  corpora,
});

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

const isObject = (value: Plain | undefined): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every leaf in which two plain values differ, as `path: here … there …`; lists count as leaves. */
function leafDifferences(ours: Plain | undefined, theirs: Plain | undefined, path: string): string[] {
  if (isObject(ours) && isObject(theirs)) {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...keys].flatMap((key) => leafDifferences(ours[key], theirs[key], path ? `${path}.${key}` : key));
  }
  const [left, right] = [ours, theirs].map((value) => JSON.stringify(value) ?? 'nothing');
  return left === right ? [] : [`${path} is ${left} here and ${right} there`];
}

/** Settings without those of snapshots, which no comparison makes: they train nothing. */
export function trainedSettings({ snapshot: _, ...trained }: Settings): Omit<Settings, 'snapshot'> {
  return trained;
}

/** What of a comparison decides its figures; corpora go by what is in them, whatever their files are called. */
function essence({ config, corpora, ...identity }: Identity): Plain {
  const nameless = ({ name: _, ...corpus }: Identity['corpora']['source']) => corpus;
  return {
    ...identity,
    program: '',
    config: { ...config, settings: trainedSettings(config.settings) as unknown as Plain },
    corpora: { source: nameless(corpora.source), target: nameless(corpora.target) },
  };
}

/**
 * What differs between two comparisons, one sentence's part each; none where their units belong together. Versions of
 * the program are told apart by `sameProgram`.
 */
export const identityDifferences = (ours: Identity, theirs: Identity): string[] =>
  leafDifferences(essence(ours), essence(theirs), '');

/** Whether one version of the program computed both, as far as that was noted. */
export const sameProgram = (a: Identity, b: Identity): boolean =>
  a.program === '' || b.program === '' || a.program === b.program;

/** Where a result was found. */
export interface FoundUnit {
  readonly result: UnitResult;
  readonly where: string;
}

/** What must agree between two results of one unit: everything but the time it took. */
const figuresOf = ({ rows, diverged }: UnitResult) => JSON.stringify({ rows, diverged });

/**
 * The units of several parts of one comparison, each once.
 * @throws where two parts hold different figures of the same unit.
 */
export function joinUnits(found: readonly FoundUnit[]): UnitResult[] {
  const joined: FoundUnit[] = [];
  for (const unit of found) {
    const known = joined.find((other) => sameUnit(other.result, unit.result));
    if (!known) joined.push(unit);
    else if (figuresOf(known.result) !== figuresOf(unit.result)) {
      const backends = [known.result.backend, unit.result.backend];
      throw new Error(
        `${unitName(unit.result)} has different figures in ${known.where} and ${unit.where} ` +
          `(computed on ${backends.join(' and ')}). Keep one of the two files and merge again.`,
      );
    }
  }
  return joined.map(({ result }) => result);
}
