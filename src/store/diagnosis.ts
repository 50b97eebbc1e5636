/**
 * What is known and what is found wrong at the moment on show: read off the timeline, kept until it changes, so that
 * components can ask as often as they like. Pure functions of the state; the rules are those of `src/diagnosis`.
 */
import type { Evidence } from '../diagnosis/evidence.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { findings, findingsAlong } from '../diagnosis/findings.ts';
import { LIVE_SETTINGS, type LiveSettings, type Settings } from '../experiment/config.ts';
import { cameBetween, settingsAfter } from '../experiment/evidenceLog.ts';
import { type LossSeries, meanLosses } from '../experiment/lossColumns.ts';
import type { RunProgress } from './progress.ts';
import type { SetupState } from './setup.ts';
import { type Moment, momentShown, type TimelineState } from './timeline.ts';

/** The parts of the state that diagnosis reads. */
export interface DiagnosisState {
  readonly timeline: TimelineState;
  readonly run: RunProgress;
  readonly setup: SetupState;
}

/** The last result for the last arguments, compared by identity. */
function memo<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | null = null;
  return (...args) => {
    if (!last?.args.every((arg, i) => arg === args[i])) last = { args, result: compute(...args) };
    return last.result;
  };
}

/** Steps before the kept networks over which their losses are meant: the finished GAN has no moment just before it. */
const FINAL_STEPS = 25;

/** A moment with what came between it and the one before. */
function evidenceAt(
  moment: Moment,
  before: Moment | undefined,
  told: Pick<TimelineState, 'changes' | 'diverged'>,
  losses: LossSeries | undefined,
): Evidence | null {
  const { samples, networks, step, final } = moment;
  if (!samples) return null;
  const from = final ? Math.max(0, step - FINAL_STEPS) : (before?.step ?? 0);
  const between = final ? { diverged: null, changes: [] } : cameBetween(from, step, told);
  return { ...samples, networks, losses: meanLosses(losses, from, step), ...between };
}

interface Known {
  readonly moment: Moment;
  readonly evidence: Evidence;
}

/** Evidence that nothing can be added to any more, by moment: a later look finds the same object. */
const settled = new WeakMap<Moment, { readonly before: Moment | undefined; readonly evidence: Evidence }>();

const knownOf = memo(
  (
    moments: TimelineState['moments'],
    changes: TimelineState['changes'],
    diverged: TimelineState['diverged'],
    losses: LossSeries | undefined,
    _lossesKnown: number,
  ): readonly Known[] => {
    const known: Known[] = [];
    let before: Moment | undefined;
    for (const moment of moments) {
      const kept = settled.get(moment);
      const complete = (losses?.steps.at(-1) ?? 0) >= moment.step;
      const evidence =
        kept?.before === before && kept?.evidence
          ? kept.evidence
          : evidenceAt(moment, before, { changes, diverged }, losses);
      if (!evidence) continue;
      if (complete) settled.set(moment, { before, evidence });
      known.push({ moment, evidence });
      before = moment;
    }
    return known;
  },
);

/** Losses grow in place: how many there are counts for as long as some of the newest moment are still to come. */
function known({ timeline: { moments, changes, diverged }, run }: DiagnosisState): readonly Known[] {
  const losses = run.losses.gan;
  const complete = (losses?.steps.at(-1) ?? 0) >= (moments.at(-1)?.step ?? 0);
  return knownOf(moments, changes, diverged, losses, complete ? -1 : (losses?.steps.length ?? 0));
}

const upTo = memo((all: readonly Known[], shown: Moment | null): readonly Evidence[] =>
  all.filter(({ moment }) => shown !== null && moment.id <= shown.id).map(({ evidence }) => evidence),
);

/** What is known of the moments up to the one on show, in their order. */
export const evidenceShown = (state: DiagnosisState): readonly Evidence[] =>
  upTo(known(state), momentShown(state.timeline));

/** What is known of all moments, in their order. */
export const evidenceOfAll = (state: DiagnosisState): readonly Evidence[] => everything(known(state));
const everything = memo((all: readonly Known[]) => all.map(({ evidence }) => evidence));

/** The settings of the run on show; before there is one, of the run as set up. */
const baseSettings = ({ run, setup }: DiagnosisState): Settings => run.config?.settings ?? setup.settings;

const findingsOf = memo(
  (
    all: readonly Known[],
    anchors: TimelineState['anchors'],
    changes: TimelineState['changes'],
    base: Settings,
    planned: number,
  ): ReadonlyMap<number, readonly Finding[]> => {
    if (!anchors) return new Map();
    // Whatever moment is looked at, a remedy begins with the settings in force now.
    const context = { anchors, settings: settingsAfter(base, changes), planned };
    const onTheWay = all.filter(({ moment }) => !moment.final);
    const along = findingsAlong(
      onTheWay.map(({ evidence }) => evidence),
      () => context,
    );
    const found = new Map(onTheWay.map(({ moment }, i) => [moment.id, along[i]]));
    for (const { moment, evidence } of all) {
      if (!moment.final) continue;
      // Its networks are those of an earlier step: what came after that is no past of theirs.
      const past = onTheWay.filter((earlier) => earlier.moment.step < moment.step);
      const history = [...past.map((earlier) => earlier.evidence), evidence];
      found.set(moment.id, findings(history, { ...context, final: onTheWay.length === 0 }));
    }
    return found;
  },
);

/** What is found wrong at every moment that is measured, by its number. */
export function findingsByMoment(state: DiagnosisState): ReadonlyMap<number, readonly Finding[]> {
  const { anchors, changes } = state.timeline;
  const planned = state.run.phases.gan?.steps ?? 0;
  return findingsOf(known(state), anchors, changes, baseSettings(state), planned);
}

const NONE: readonly Finding[] = [];

/** What is found wrong at the moment on show or, where that is not measured yet, at the last before it. */
export function findingsShown(state: DiagnosisState): readonly Finding[] {
  const shown = momentShown(state.timeline);
  if (!shown) return NONE;
  const last = known(state).findLast(({ moment }) => moment.id <= shown.id);
  return (last && findingsByMoment(state).get(last.moment.id)) ?? NONE;
}

const live = memo(
  (
    settings: Settings,
    changes: TimelineState['changes'],
    pending: TimelineState['pending'],
  ): LiveSettings => {
    const asked = pending.map((request) => ({ after: 0, request }));
    const { gan } = settingsAfter(settings, [...changes, ...asked]);
    return Object.fromEntries(LIVE_SETTINGS.map((name) => [name, gan[name]])) as LiveSettings;
  },
);

/** The live settings in force, with changes that were asked for and not carried out yet. */
export const liveSettingsNow = (state: DiagnosisState): LiveSettings =>
  live(baseSettings(state), state.timeline.changes, state.timeline.pending);
