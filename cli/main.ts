/**
 * The studio without a browser: `npm run -s cli -- COMMAND`. JSON on standard output, progress on standard
 * error, exit code 0, or 1 with a one-line error.
 */
import { failureOf } from '../src/experiment/failure.ts';
import { check } from './check.ts';
import { compare } from './compare.ts';
import { convert } from './convert.ts';
import { inspect } from './inspect.ts';
import { provideKernelThreads } from './kernels.ts';
import { merge } from './merge.ts';
import { record } from './record.ts';
import { run } from './run.ts';

const USAGE = `Usage: npm run -s cli -- COMMAND

  inspect FILE… [--labels FILE] [--recipe FILE] [--task activation|valence]
      what a feature file holds
  convert FILE… [--labels FILE] [--recipe FILE] --out FILE.csv|FILE.arff|FILE.parquet
      writes what the files hold as one corpus in another format
  run [--source FILE --target FILE | --demo-size ROWS,ROWS,FEATURES]
      [--task activation|valence] [--preset quick|standard|paper] [--config FILE]
      [--method NAME] [--seed N] [--backend wasm|cpu|webgpu] [--out DIR] [--format csv|arff|parquet]
      one experiment; without files, on the simulated demo corpora; --source and --target may be given
      several times, and be folders: their files are one corpus, files of labels are joined; --config
      takes the config.json that an earlier run left in its DIR, or one changed by hand; what was
      asked of the GAN in training is then asked again; DIR also gets what is known of the samples
      while they are made (evidence.csv) and what is wrong with them (findings.json)
  compare [--source FILE --target FILE | --demo-size ROWS,ROWS,FEATURES]
      [--task activation|valence] [--methods all|NAME,NAME,…] [--seeds N]
      [--preset quick|standard|paper | --config FILE] [--backend wasm|cpu|webgpu]
      [--out DIR] [--shard i/n] [--paper]
      every method trained from every seed (all methods, 5 seeds unless told), with the paper's tables
      and statistics in DIR; started again, it goes on where it was; --shard runs the i-th of n parts,
      --paper sets the paper's own figures, of other corpora, beside them
  merge DIR… --out DIR [--paper]
      puts the parts of a comparison together
  record NAME… --out DIR
      runs on the demo corpora that show a failure of the GAN, by its name, or none ("healthy"), each
      as a small file that the page opens at once
  check FILE… [--backend wasm|cpu|webgpu]
      the project's losses, gradients and metrics against reference values
`;

interface Reply {
  readonly output: unknown;
  readonly ok: boolean;
}

const succeed = async (output: Promise<unknown>): Promise<Reply> => ({ output: await output, ok: true });

async function dispatch(command: string | undefined, args: string[]): Promise<Reply> {
  switch (command) {
    case 'inspect':
      return succeed(inspect(args));
    case 'convert':
      return succeed(convert(args));
    case 'run':
      return succeed(run(args));
    case 'compare':
      return compare(args);
    case 'record':
      return succeed(record(args));
    case 'merge':
      return succeed(merge(args));
    case 'check':
      return check(args);
    default:
      throw new Error(
        `unknown command "${command}"; known are inspect, convert, run, compare, merge, record, check (--help shows more)`,
      );
  }
}

const [command, ...args] = process.argv.slice(2);
provideKernelThreads();
if (command === undefined || command === '--help' || command === 'help') {
  process.stderr.write(USAGE);
  process.exitCode = command === undefined ? 1 : 0;
} else {
  try {
    const { output, ok } = await dispatch(command, args);
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    const message = failureOf(error).message;
    process.stderr.write(`${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    process.exitCode = 1;
  }
}
