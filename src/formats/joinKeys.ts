/**
 * What names of utterances and keys of label files have in common: the base name in its folders, and the forms under
 * which one may stand in the other. Text only; knows no tables.
 */

const EXTENSIONS = new Set(
  (
    'wav wave avi mp3 mp4 m4a mkv mov webm flac oga ogg opus aif aiff aac wma au sph nist raw pcm ' +
    'csv tsv txt arff lab npy json gz'
  ).split(' '),
);
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
  let end = name.length;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', end - 1)) {
    if (!EXTENSIONS.has(name.slice(dot + 1, end).toLowerCase())) break;
    end = dot;
  }
  return end === name.length ? name : name.slice(0, end);
}

const folderOf = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(-MOST_FOLDERS)
    .join('/')
    .toLowerCase();

/**
 * Cuts a name: quotes, folders and extensions of sound, picture and table files fall away. MSP-IMPROV's evaluation
 * says `UTD-IMPROV-…` of the files that are called `MSP-IMPROV-…`; both become the latter.
 */
export function splitName(name: string): NameParts {
  let bare = name.trim();
  if (bare.startsWith("'") || bare.startsWith('"')) bare = bare.replace(/^(["'])(.*)\1$/, '$2');
  if (bare.includes('\\')) bare = bare.replaceAll('\\', '/');
  const slash = bare.lastIndexOf('/');
  const base = withoutExtension(bare.slice(slash + 1).trim()).replace(/^UTD-IMPROV-/i, 'MSP-IMPROV-');
  return { folder: slash > 0 ? folderOf(bare.slice(0, slash)) : '', base };
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

/** Names by their small letters; null where several differ in nothing else. */
export function foldedNames(names: Iterable<string>): Map<string, string | null> {
  const folded = new Map<string, string | null>();
  for (const name of names) {
    const small = name.toLowerCase();
    folded.set(small, folded.has(small) ? null : name);
  }
  return folded;
}
