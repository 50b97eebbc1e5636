/**
 * `npm run bench -- [BENCH…] [options]`: runs benchmarks one after another, prints a table of each, and writes
 * their rows as JSON where a file is named.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { adam } from './adam.ts';
import { diagnosis } from './diagnosis.ts';
import { gemm } from './gemm.ts';
import { type Bench, jsonOf, type Options, type Report, type Table, tableOf, textOf } from './harness.ts';
import { ingest } from './ingest.ts';
import { step } from './step.ts';
import { umap } from './umap.ts';

const BENCHES: Readonly<Record<string, Bench>> = { step, gemm, adam, ingest, umap };
/** What is no matter of time, and not run unless named. */
const TABLES: Readonly<Record<string, (options: Options) => Promise<Table>>> = { diagnosis };
const ENGINES = ['studio', 'tfjs', 'jax-js', 'pytorch', 'papaparse', 'udsv', 'umap-js'];

const USAGE = `Usage: npm run bench -- [${[...Object.keys(BENCHES), ...Object.keys(TABLES)].join('|')}]… [options]

Without a name, all that measure time. Times are medians of repeats that take turns; ratio is a row's time over the fastest
rival's, so the studio's is below 1 where it is faster than all.

  --features N   columns (1582)
  --batch N      rows of a batch (64)
  --rows N       rows of the data read by ingest (10039) and placed by umap
  --repeats N    counted repeats; of diagnosis seeds
  --only ENGINE  the studio and this rival only: ${ENGINES.slice(1).join(', ')}; or the studio alone
  --cpu          plain JavaScript too, which takes minutes
  --json FILE    also write the rows
`;

function count(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a whole number above 0, not "${value}"`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      features: { type: 'string', default: '1582' },
      batch: { type: 'string', default: '64' },
      rows: { type: 'string' },
      repeats: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      cpu: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const wrong = names.find((name) => !Object.hasOwn(BENCHES, name) && !Object.hasOwn(TABLES, name));
  if (wrong !== undefined) throw new Error(`no benchmark is called "${wrong}"; --help lists them`);
  if (values.only !== undefined && !ENGINES.includes(values.only)) {
    throw new Error(`no engine is called "${values.only}"; known are ${ENGINES.join(', ')}`);
  }
  const options: Options = {
    features: count('features', values.features),
    batch: count('batch', values.batch),
    rows: values.rows === undefined ? null : count('rows', values.rows),
    repeats: values.repeats === undefined ? null : count('repeats', values.repeats),
    only: values.only ?? null,
    cpu: values.cpu,
  };
  const reports: Report[] = [];
  for (const name of names) {
    if (Object.hasOwn(TABLES, name)) {
      process.stdout.write(`${textOf(await TABLES[name](options))}\n\n`);
      continue;
    }
    const report = await BENCHES[name](options);
    process.stdout.write(`${tableOf(report)}\n\n`);
    reports.push(report);
  }
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify(jsonOf(reports), null, 2)}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
