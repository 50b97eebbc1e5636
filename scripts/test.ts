/**
 * `npm test`: every check of the project in turn, closed by one line `N passed, N failed`. Passed are unit
 * and browser tests; failed are those, and every other check that did not hold. Exit code 1 on any failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const CLEAN: Tally = { passed: 0, failed: 0, skipped: 0 };
const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Runs a program, its output on ours; true where it ended with 0. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const options = { stdio: 'inherit', env: { ...process.env, ...env } } as const;
  return spawnSync(program, args, options).status === 0;
}

/** Runs a script of package.json. npm names its own program to what it starts, which spares a shell. */
function script(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): boolean {
  say(`\n── ${name} ──`);
  const npm = process.env.npm_execpath;
  if (!npm) throw new Error('Start this through npm: `npm test`.');
  return run(process.execPath, [npm, 'run', '--silent', name, '--', ...args], env);
}

/**
 * A tally that never hides a failure: a run that ended badly without naming a failed test (a crash, a file
 * that does not load, no report at all) counts as one.
 */
function honest(tally: Tally | null, ok: boolean): Tally {
  if (tally === null) return FAILED;
  return ok || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

function readReport<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

/** The part of vitest's JSON report that is read here. */
interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

function unitTests(folder: string): Tally {
  const path = join(folder, 'unit.json');
  const ok = script('unit', ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`]);
  const report = readReport<UnitReport>(path);
  const tally = report && {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  };
  return honest(tally, ok);
}

/** The part of Playwright's JSON report that is read here. */
interface BrowserReport {
  readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

function browserTests(folder: string): Tally {
  const path = join(folder, 'browser.json');
  const ok = script('e2e', ['--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: path });
  const stats = readReport<BrowserReport>(path)?.stats;
  // A test that passes only when repeated is a failed one.
  const tally = stats
    ? { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
    : null;
  return honest(tally, ok);
}

/** Makes sure of a browser: Playwright's, and where its download fails, Debian's. True when there is one. */
function provideBrowser(): boolean {
  if (findBrowser()) return true;
  say('\n── no Chromium here: fetching one ──');
  run(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
  if (findBrowser()) return true;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    run('apt-get', ['update']);
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
  }
  if (findBrowser()) return true;
  say(
    'No Chromium or Chrome was found, and none could be installed. Install one, or name it in CHROME_PATH.',
  );
  return false;
}

/** One check without tests of its own. */
const check = (name: string): Tally => (script(name) ? CLEAN : FAILED);

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'ccemogan-test-'));
  const tallies = ['kernels', 'lint', 'types', 'imports', 'unused'].map(check);
  tallies.push(unitTests(folder));
  const built = check('build');
  tallies.push(built);
  if (built === FAILED) say('The browser tests need the built page; they did not run.');
  else tallies.push(provideBrowser() ? browserTests(folder) : FAILED);
  rmSync(folder, { recursive: true, force: true });

  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum('skipped');
  if (skipped > 0) say(`\n${skipped} skipped: what they need is not here; each says what.`);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

main();
