/** What the page says of a comparison: why there can be none, where it stands, how long it takes. Pure. */

import type { Task } from '../../corpus/corpus.ts';
import { METHOD_DESCRIPTIONS, type MethodName } from '../../experiment/compare/config.ts';
import type { UnitCosts } from '../../experiment/compare/grid.ts';
import type { ComparisonResults } from '../../experiment/compare/summary.ts';
import { sameUnit, type UnitKey } from '../../experiment/compare/unit.ts';
import { PHASE_LABELS } from '../../experiment/events.ts';
import type { CorpusReport } from '../../formats/report.ts';
import { type CompareState, isComparing, settingsKey } from '../../store/compare.ts';
import { type CorporaState, notReady, type Role } from '../../store/corpora.ts';
import type { RunStatus } from '../../store/progress.ts';
import type { StudioState } from '../../store/studio.ts';
import { formatCount, plural } from '../format.ts';

const otherTask = (task: Task): Task => (task === 'activation' ? 'valence' : 'activation');

function missingLabels(role: Role, task: Task, report: CorpusReport): string {
  const why =
    role === 'target'
      ? 'and a comparison scores every method on the target'
      : 'and every method learns from the source’s';
  const other = report.tasks[otherTask(task)];
  const instead = other ? `Choose ${otherTask(task)}, for which it has some, or load` : 'Load';
  return `The ${role} carries no labels for ${task}, ${why}. ${instead} another ${role} in the studio.`;
}

/** What is wrong with the corpora for a task, with what to do; null where nothing is, or they are not there yet. */
export function faultOf({ source, target, pair }: CorporaState, task: Task): string | null {
  if (source.reading || target.reading || !pair || !source.report || !target.report) return null;
  if (pair.conflict)
    return `The two corpora do not fit together: ${pair.conflict} Load others in the studio.`;
  if (!target.report.tasks[task]) return missingLabels('target', task, target.report);
  return source.report.tasks[task] ? null : missingLabels('source', task, source.report);
}

/** Why nothing can be compared, with what to do; null where it can. */
export function obstacle(corpora: CorporaState, task: Task, methods: readonly MethodName[]): string | null {
  const { source, target, pair } = corpora;
  const busy = notReady(corpora);
  if (busy) return busy;
  if (!pair || !source.report || !target.report) return 'Two corpora are needed: load them in the studio.';
  return faultOf(corpora, task) ?? (methods.length === 0 ? 'Choose at least one method.' : null);
}

/** E.g. "CCEmoGAN, seed 2". */
export const unitText = ({ method, seed }: UnitKey): string =>
  `${METHOD_DESCRIPTIONS[method].title}, seed ${seed}`;

/** Trainings of the comparison, and those that are over: failed ones only count while it goes on. */
export function counts(state: CompareState): { done: number; all: number } {
  const { results, progress, status, methods, seeds } = state;
  if (progress && isComparing(status)) return { done: progress.done, all: progress.units };
  const all = methods.length * seeds;
  return { done: results ? all - results.missing.length : 0, all };
}

/** How a seed of a method stands. */
export type SeedState = 'missing' | 'work' | 'done' | 'diverged';

/** How the seeds of a method stand in their order; null where the figures are without it. */
export function seedStates(
  { config, missing, diverged }: ComparisonResults,
  method: MethodName,
  work: number | null,
): { seed: number; state: SeedState }[] | null {
  if (!config.methods.includes(method)) return null;
  const among = (units: readonly UnitKey[], seed: number) =>
    units.some((unit) => sameUnit(unit, { method, seed }));
  return config.seeds.map((seed) => {
    if (seed === work) return { seed, state: 'work' };
    if (among(missing, seed)) return { seed, state: 'missing' };
    return { seed, state: among(diverged, seed) ? 'diverged' : 'done' };
  });
}

/** E.g. "3 of 5 seeds done, of which 1 diverged; 1 at work": what their marks show. */
export function seedsText(seeds: readonly { state: SeedState }[]): string {
  const count = (state: SeedState) => seeds.filter((seed) => seed.state === state).length;
  const diverged = count('diverged');
  return [
    `${count('done') + diverged} of ${plural(seeds.length, 'seed')} done`,
    diverged > 0 ? `, of which ${diverged} diverged` : '',
    count('work') > 0 ? `; ${count('work')} at work` : '',
  ].join('');
}

/** Seconds that units will take; null where that was not measured. */
export function secondsOf(units: readonly UnitKey[], unitSeconds: UnitCosts | null): number | null {
  return unitSeconds && units.reduce((sum, { method }) => sum + unitSeconds[method], 0);
}

const workText = ({ work }: CompareState): string =>
  work ? `${unitText(work.unit)} · ${PHASE_LABELS[work.phase]}` : 'Between two trainings';

/** The line that says where the comparison stands; `run` is the training run in the studio. */
export function statusText(state: CompareState, blocked: string | null, run: RunStatus): string {
  const { done, all } = counts(state);
  const howMany = `${formatCount(done)} of ${plural(all, 'training')} done`;
  switch (state.status) {
    case 'starting':
      return 'Starting …';
    case 'waiting':
      return run === 'paused'
        ? 'Waits for the training run in the studio, which is paused'
        : 'Waits for what runs in the studio';
    case 'running':
      return workText(state);
    case 'stopped':
      return `Stopped · ${howMany}`;
    case 'failed':
      return 'The comparison has failed';
    case 'idle':
    case 'finished':
      if (blocked) return 'Nothing to compare yet';
      if (done === all) return `Done · ${plural(all, 'training')}`;
      return done === 0 ? 'Ready to compare' : howMany;
  }
}

/** Whether the figures on show are of other corpora or of another set-up than the page's controls show. */
export function isOutdated({ corpora, setup, compare }: StudioState): boolean {
  const { shown } = compare;
  if (!shown) return false;
  const { config } = shown.identity;
  return (
    // The very objects: boundaries that were moved leave name and size as they were, and change every label.
    corpora.source.corpus !== shown.corpora.source ||
    corpora.target.corpus !== shown.corpora.target ||
    config.task !== setup.task ||
    config.seeds.length !== compare.seeds ||
    config.methods.length !== compare.methods.length ||
    config.methods.some((method) => !compare.methods.includes(method)) ||
    settingsKey(config.settings) !== settingsKey(setup.settings)
  );
}
