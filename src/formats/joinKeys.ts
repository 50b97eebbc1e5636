/**
 * What names of utterances and keys of label files have in common: the base name in its folders, and the forms under
 * which one may stand in the other. Text only; knows no tables.
 */

const EXTENSION =
  /\.(wave?|avi|mp[34]|m4a|mkv|mov|webm|flac|og[ga]|opus|aiff?|aac|wma|au|sph|nist|raw|pcm|csv|tsv|txt|arff|lab|npy|json|gz)$/i;
/** Folders above these are not compared. */
const MOST_FOLDERS = 12;
/** Parts of a name that are tried as a key, and the shortest that is. */
const MOST_PARTS = 16;
const SHORTEST_KEY = 3;

/** A name cut into its folders and its base. */
export interface NameParts {
  /** Small letters, separated by `/`; empty where there is none. */
  readonly folder: string;
  readonly base: string;
}

function withoutExtension(name: string): string {
  let base = name;
  while (EXTENSION.test(base)) base = base.replace(EXTENSION, '');
  return base === '' ? name : base;
}

/**
 * Cuts a name: quotes, folders and extensions of sound, picture and table files fall away. MSP-IMPROV's evaluation
 * says `UTD-IMPROV-…` of the files that are called `MSP-IMPROV-…`; both become the latter.
 */
export function splitName(name: string): NameParts {
  const bare = name
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .replaceAll('\\', '/');
  const slash = bare.lastIndexOf('/');
  const base = withoutExtension(bare.slice(slash + 1).trim()).replace(/^UTD-IMPROV-/i, 'MSP-IMPROV-');
  const folder = bare
    .slice(0, Math.max(0, slash))
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(-MOST_FOLDERS)
    .join('/')
    .toLowerCase();
  return { folder, base };
}

/** The folder and its parts towards the file, longest first: `a/b/c`, `b/c`, `c`. */
export function folderEnds(folder: string): string[] {
  const ends: string[] = [];
  for (let rest = folder; rest !== ''; rest = rest.includes('/') ? rest.slice(rest.indexOf('/') + 1) : '') {
    ends.push(rest);
  }
  return ends;
}

/** A name without the number at its end (`x_0`, `x-12`), or null where it has none. */
export function withoutNumber(base: string): string | null {
  const cut = base.replace(/[_\-. ]\d{1,4}$/, '');
  return cut === base || cut.length < SHORTEST_KEY ? null : cut;
}

/** What follows each separator of a name, longest first: `b_c`, `c` of `a_b_c`; what is too short left out. */
export function lastParts(base: string): string[] {
  const parts: string[] = [];
  const separator = /[_\-. ]+/g;
  for (let m = separator.exec(base); m && parts.length < MOST_PARTS; m = separator.exec(base)) {
    const part = base.slice(m.index + m[0].length);
    if (part.length >= SHORTEST_KEY) parts.push(part);
  }
  return parts;
}
