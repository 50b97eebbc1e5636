/** `check FILE…`: the project's own losses, gradients and metrics against files of reference values. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { failureOf } from '../src/experiment/failure.ts';
import { isGoldenMetrics, metricErrors } from '../src/experiment/goldenMetrics.ts';
import { checkStep, type Discrepancy } from '../src/experiment/goldenStep.ts';
import { asBackend } from './arguments.ts';
import { startBackend } from './backend.ts';

/** Largest relative error that float32 arithmetic may leave. */
const TOLERANCE = 2e-4;

interface CheckedFile {
  readonly file: string;
  readonly maxRelativeError: number;
  /** The term, gradient or metric with that error. */
  readonly worst: string;
}

/** The report to print, and whether every file is within tolerance. */
export async function check(args: string[]): Promise<{ output: CheckedFile[]; ok: boolean }> {
  const { values, positionals } = parseArgs({
    args,
    options: { backend: { type: 'string', default: 'wasm' } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new Error('check: give at least one file, as in: check FILE…');
  const backend = asBackend(values.backend);
  await startBackend(backend);
  const output: CheckedFile[] = [];
  for (const file of positionals) {
    const discrepancies = await compare(file);
    if (discrepancies.length === 0) throw new Error(`${file}: holds no reference value`);
    const worst = discrepancies.reduce((a, b) => (b.relativeError > a.relativeError ? b : a));
    output.push({ file, maxRelativeError: worst.relativeError, worst: worst.name });
  }
  return { output, ok: output.every(({ maxRelativeError }) => maxRelativeError <= TOLERANCE) };
}

async function compare(file: string): Promise<readonly Discrepancy[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file}: no such file, or not readable`);
  });
  try {
    const content: unknown = JSON.parse(text);
    return isGoldenMetrics(content) ? metricErrors(content) : await checkStep(content);
  } catch (error) {
    if (error instanceof v.ValiError) {
      const [issue] = error.issues as [v.BaseIssue<unknown>];
      throw new Error(
        `${file}: not a file of reference values: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`,
      );
    }
    throw new Error(`${file}: ${failureOf(error).message}`);
  }
}
