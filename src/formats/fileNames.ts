/**
 * What files are called: a corpus after its files, and which of a folder's files are plainly no tables. Looks at names
 * only, never at content.
 */

/** Written by systems into folders, beside what a user put there. */
const SYSTEM = /^(\..*|thumbs\.db|desktop\.ini|icon\r|__macosx)$/i;
/** Sound, video, pictures, documents, programs: what lies beside tables in a corpus's folder. */
const NO_TABLE =
  /\.(wav|flac|mp3|ogg|opus|m4a|aac|aiff?|avi|mp4|mov|mkv|webm|png|jpe?g|gif|svg|pdf|md|rst|html?|docx?|odt|pptx?|py|ipynb|m|r|sh|bat|conf|cfg|ini|ya?ml|json|xml|textgrid|praat|log|lnk)$/i;
const READ_ME = /^(read[ _-]?me|licen[cs]e|copying|changelog|citation|notice|version)\b.*$/i;

const partsOf = (file: string) => file.split(/[/\\]/);

/** The last part of a path. */
export const lastPart = (path: string): string => partsOf(path).at(-1) ?? path;

/** A file's name without folder and endings: `dir/Emo.v2.csv.gz` is `Emo.v2`. */
const baseName = (path: string): string =>
  lastPart(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|tab|txt|arff|dat|parquet|pq)$/i, '');

/** True for a system's files, and for those of a dropped folder whose endings say that they are no tables. */
export function isPlainlyNoTable(path: string): boolean {
  const parts = partsOf(path);
  if (parts.some((part) => SYSTEM.test(part))) return true;
  const file = parts.at(-1) ?? '';
  return (
    parts.length > 1 &&
    (NO_TABLE.test(file) || (READ_ME.test(file) && !/\.(csv|tsv|arff)(\.gz)?$/i.test(file)))
  );
}

function commonLength(a: ArrayLike<string>, b: ArrayLike<string>): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

/** The folders that all paths begin with. */
function commonFolders(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => partsOf(path).slice(0, -1));
  return folders.reduce((a, b) => a.slice(0, commonLength(a, b)));
}

/**
 * What each of some files calls the only utterance in it: the file's name, with its folders where they are not the same
 * for all. `set/Actor_01/01.arff` beside `set/Actor_02/01.arff` is `Actor_01/01`.
 */
export function utterancesOf(paths: readonly string[]): string[] {
  const shared = commonFolders(paths).length;
  return paths.map((path) => [...partsOf(path).slice(shared, -1), baseName(path)].join('/'));
}

/** The name of a corpus: that of its file, or what the names of its files have in common, or `12 files`. */
export function corpusName(paths: readonly string[]): string {
  const [first] = paths;
  if (paths.length === 1) return baseName(first);
  const folder = commonFolders(paths).at(-1);
  if (folder) return folder;
  const prefix = paths.map(baseName).reduce((a, b) => a.slice(0, commonLength(a, b)));
  const name = prefix.replace(/[\s\d._-]+$/, '');
  return name.length >= 3 ? name : `${paths.length} files`;
}
