/** What `run` prints of a finished run. */
import type { Finding } from '../src/diagnosis/finding.ts';
import type { RunConfig } from '../src/experiment/config.ts';
import type { RunResult } from '../src/experiment/events.ts';
import { rowsOfRun } from '../src/experiment/plan.ts';
import { meanAndSd } from '../src/metrics/classification.ts';

interface Summary {
  readonly mean: number;
  readonly sd: number;
}

/** A finding in a line: what is wrong, how badly, and since when. */
type FindingLine = Pick<Finding, 'failure' | 'severity' | 'title' | 'since'>;

/** `uar` is null, and `shares` say what was predicted, where the target has no labels. */
export interface RunOutput {
  readonly method: string;
  readonly preset: string;
  readonly seed: number;
  readonly backend: string;
  readonly steps: number;
  readonly msPerStep: number;
  readonly uar: Readonly<Record<string, Summary>> | null;
  readonly shares?: Readonly<Record<string, readonly number[]>>;
  /** What was wrong with the GAN at the end of its training; absent where no snapshots were taken. */
  readonly findings?: readonly FindingLine[];
}

/** @param findings what was wrong at the end; null where nothing was measured. */
export function summarise(
  config: RunConfig,
  { steps, backend, msPerStep, scores }: RunResult,
  findings: readonly Finding[] | null,
): RunOutput {
  const of = (set: string) => scores.filter((score) => score.set === set);
  const rows = rowsOfRun(config.method);
  const { method, preset, seed } = config;
  const found = findings?.map(({ failure, severity, title, since }) => ({ failure, severity, title, since }));
  const common = { method, preset, seed, backend, steps, msPerStep, ...(found && { findings: found }) };
  if (scores.every(({ uar }) => uar !== null)) {
    const uar = Object.fromEntries(rows.map((set) => [set, meanAndSd(of(set).map((s) => s.uar as number))]));
    return { ...common, uar };
  }
  const meanShares = (set: string) => {
    const predicted = of(set);
    return [0, 1, 2].map((k) => predicted.reduce((sum, { shares }) => sum + shares[k] / predicted.length, 0));
  };
  return { ...common, uar: null, shares: Object.fromEntries(rows.map((set) => [set, meanShares(set)])) };
}
