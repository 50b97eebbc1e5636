/**
 * Finds for each utterance its row of one label table. By the base name without folder and extension; where most
 * utterances find no row so, by forms of the name that other programs leave. Tells how rows were matched and
 * which keys are left.
 */
import { seconds } from './frames.ts';
import type { LabelTable } from './intake.ts';
import { foldedNames, lastParts, splitName, withoutNumber } from './joinKeys.ts';
import { AMBIGUOUS, LabelIndex } from './labelIndex.ts';
import { counted } from './shorten.ts';

/** Utterances as their file names them. */
export interface Utterances {
  readonly names: readonly string[];
  /** Cells of the columns of times, where the file has them: several rows of one file are its segments. */
  readonly starts?: readonly string[];
  readonly ends?: readonly string[];
}

export interface LabelJoin {
  /** The table's row of each utterance, −1 where there is none. */
  readonly rows: Int32Array;
  /** How the names were matched, in words. */
  readonly by: string;
  /** Keys that no utterance has. */
  readonly unused: ReadonlySet<string>;
  /** Keys given more than once with different content. */
  readonly repeated: readonly string[];
}

/** A way to find the table's base name of an utterance's base name. */
interface Way {
  readonly by: string;
  /** The table's base name, or null. */
  find(base: string): string | null;
  /** Each key may have one utterance only; a key that several claim is given to none. */
  readonly single?: boolean;
}

interface Attempt {
  readonly by: string;
  readonly index: LabelIndex;
  readonly rows: Int32Array;
  readonly matched: number;
  readonly ambiguous: number;
}

/** Another way is taken where it finds rows for this share of all utterances more. */
const WORTHWHILE = 0.1;

/** The utterances' names, cut once. */
class Names {
  readonly bases: string[] = [];
  readonly folders: string[] = [];
  /** The folder of each base name; null where there are several. */
  private readonly folderOf = new Map<string, string | null>();
  /** Made when it is first needed, which is seldom. */
  private folded: Map<string, string | null> | null = null;

  constructor(names: readonly string[]) {
    for (const name of names) {
      const { base, folder } = splitName(name);
      this.bases.push(base);
      this.folders.push(folder);
      const known = this.folderOf.get(base);
      if (known === undefined) this.folderOf.set(base, folder);
      else if (known !== folder) this.folderOf.set(base, null);
    }
  }

  /** Some base name stands in several rows. */
  get repeat(): boolean {
    return this.folderOf.size < this.bases.length;
  }

  /** Utterances of this base name lie in several folders. */
  needsFolder(base: string): boolean {
    return this.folderOf.get(base) === null;
  }

  /** No other utterance's name differs in nothing but capitals. */
  aloneInAnyCase(base: string): boolean {
    this.folded ??= foldedNames(this.folderOf.keys());
    return this.folded.get(base.toLowerCase()) === base;
  }

  distinct(): Iterable<string> {
    return this.folderOf.keys();
  }
}

/** Keys under another form; null where several keys have it. */
function formsOf(index: LabelIndex, forms: (base: string) => readonly string[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const base of index.bases()) {
    for (const form of forms(base)) found.set(form, found.has(form) ? null : base);
  }
  return found;
}

/** The plain way: as it stands, and in any case where that is clear on both sides. */
const plainly = (index: LabelIndex, names: Names) => (base: string) => {
  if (index.has(base)) return base;
  return names.aloneInAnyCase(base) ? index.foldedBase(base) : null;
};

/** Further ways, each tried where the plain one finds nothing. */
function* otherWays(index: LabelIndex, names: Names): Generator<Way, void, undefined> {
  const plain = plainly(index, names);
  const without = (base: string) => {
    const cut = withoutNumber(base);
    return cut === null ? null : plain(cut);
  };
  yield { by: "base name without the utterance's last number", find: (base) => plain(base) ?? without(base) };
  const numbered = formsOf(index, (base) => [withoutNumber(base) ?? []].flat());
  yield {
    by: "base name without the key's last number",
    find: (base) => plain(base) ?? numbered.get(base) ?? null,
  };
  const last = (base: string) => lastParts(base).find((part) => index.has(part)) ?? null;
  yield {
    by: "key as the last part of the utterance's name",
    find: (base) => plain(base) ?? last(base),
    single: true,
  };
  const parts = formsOf(index, lastParts);
  yield {
    by: "utterance's name as the last part of the key",
    find: (base) => plain(base) ?? parts.get(base) ?? null,
  };
}

/** The table's base name of each base name, under one way. */
function findAll(names: Names, { find, single }: Way): Map<string, string> {
  const found = new Map<string, string>();
  const claimed = new Map<string, number>();
  for (const base of names.distinct()) {
    const key = find(base);
    if (key === null) continue;
    found.set(base, key);
    claimed.set(key, (claimed.get(key) ?? 0) + 1);
  }
  if (single) {
    for (const [base, key] of found) if (base !== key && (claimed.get(key) ?? 0) > 1) found.delete(base);
  }
  return found;
}

function attempt({ names, starts, ends }: Utterances, cut: Names, index: LabelIndex, way: Way): Attempt {
  const found = findAll(cut, way);
  const rows = new Int32Array(names.length).fill(-1);
  let matched = 0;
  let ambiguous = 0;
  for (let u = 0; u < names.length; u++) {
    const base = cut.bases[u];
    const key = found.get(base);
    if (key === undefined) continue;
    const row = index.pick(key, {
      folder: cut.folders[u],
      needsFolder: cut.needsFolder(base),
      start: starts ? seconds(starts[u]) : Number.NaN,
      end: ends ? seconds(ends[u]) : Number.NaN,
    });
    if (row === AMBIGUOUS) ambiguous++;
    if (row < 0) continue;
    rows[u] = row;
    matched++;
  }
  return { by: way.by, index, rows, matched, ambiguous };
}

/** The first way that finds rows for half of the utterances, or else the one that finds most. */
function bestAttempt(utterances: Utterances, table: LabelTable): Attempt {
  const cut = new Names(utterances.names);
  const by = 'base name without extension';
  const half = utterances.names.length / 2;
  const index = new LabelIndex(table, false);
  // Several rows of one file on both sides are its segments; a file that has one row of labels is labelled by that.
  if (utterances.starts && cut.repeat && index.repeats && table.columns.some((c) => c.role === 'start')) {
    const timed = new LabelIndex(table, true);
    const way = { by: `${by}, and the segment's times`, find: plainly(timed, cut) };
    const best = attempt(utterances, cut, timed, way);
    if (best.matched > 0) return best;
  }
  let best = attempt(utterances, cut, index, { by, find: plainly(index, cut) });
  if (best.matched >= half) return best;
  for (const way of otherWays(index, cut)) {
    const other = attempt(utterances, cut, index, way);
    if (other.matched >= best.matched + Math.max(1, WORTHWHILE * utterances.names.length)) best = other;
    if (best.matched >= half) break;
  }
  return best;
}

/** Joins a label table to utterances. */
export function joinTable(utterances: Utterances, table: LabelTable): LabelJoin {
  const { by, index, rows, ambiguous } = bestAttempt(utterances, table);
  const taken = new Uint8Array(table.keys.length);
  for (const row of rows) if (row >= 0) taken[row] = 1;
  index.spread(taken);
  const unused = new Set(table.keys.filter((_, r) => !taken[r]));
  const unclear =
    ambiguous > 0
      ? `; ${counted(ambiguous, 'utterance')} whose folders do not tell which row is theirs left out`
      : '';
  return { rows, by: by + unclear, unused, repeated: index.repeated() };
}
