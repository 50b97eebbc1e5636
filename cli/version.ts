/**
 * Which version of the program computes: a hash over the sources that figures depend on. Node only: the page is given
 * the same when it is built or served (`vite.config.ts`).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The layers that compute; what merely shows (store, charts, ui, the map) may change without changing a figure. */
const FOLDERS = [
  ...['corpus', 'formats', 'kernels', 'metrics', 'nn', 'methods', 'experiment'].map((name) => `src/${name}`),
  'workers',
];

const isTest = (name: string) => /\.(test|testing)\.tsx?$/.test(name);

/** Paths of a folder's sources, tests apart, with `/` between their parts and in the same order everywhere. */
function sourcesOf(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !isTest(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}

/**
 * The version of the program at `root`, this repository unless told: 16 hexadecimal digits. The libraries that
 * compute count by their numbers; line ends do not count.
 */
export function programVersion(root: string = fileURLToPath(new URL('..', import.meta.url))): string {
  const hash = createHash('sha256');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries(dependencies)) {
    if (name.startsWith('@tensorflow/')) hash.update(`${name}@${version}\n`);
  }
  for (const path of FOLDERS.flatMap((folder) => sourcesOf(root, folder))) {
    const text = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${path}\n${text.length}\n${text}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
