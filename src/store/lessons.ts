/**
 * A lesson: a failure that is provoked, watched, cured and compared. How far it has come is read off the run, so that it
 * makes no difference whether the student follows the lesson's buttons or the studio's own. Pure; knows no worker.
 */

import { curveValue } from '../diagnosis/curves.ts';
import type { Failure, Finding, FindingFigure } from '../diagnosis/finding.ts';
import { evidenceOfAll, findingsByMoment } from './diagnosis.ts';
import { isActive } from './progress.ts';
import type { StudioState } from './studio.ts';
import type { Moment } from './timeline.ts';

/** The stages that a lesson leads through, in order. */
export const LESSON_STAGES = ['provoke', 'watch', 'alarm', 'recover', 'compare'] as const;
/** `missed`: the run has ended, and the failure did not show, or was not cured. */
export type LessonStage = (typeof LESSON_STAGES)[number] | 'missed';

/** The failure as it was told, kept because another run may take its moment away. */
export interface Alarm {
  readonly step: number;
  /** The number of the moment. */
  readonly moment: number | null;
  readonly finding: Finding | null;
}

export interface LessonState {
  /** The failure that the lesson is about; null while there is no lesson. */
  readonly failure: Failure | null;
  readonly stage: LessonStage;
  /** The number of the run that it is watched in. */
  readonly run: number | null;
  readonly alarm: Alarm | null;
  /** The run that began when the alarm was up, where the cure needs one. */
  readonly secondRun: boolean;
  /** The moment at which the failure was gone. */
  readonly cured: { readonly step: number; readonly moment: number } | null;
}

export const INITIAL_LESSON: LessonState = {
  failure: null,
  stage: 'provoke',
  run: null,
  alarm: null,
  secondRun: false,
  cured: null,
};

/** What a lesson sees of the studio. */
export interface LessonFacts {
  /** The number of the run on show. */
  readonly run: number;
  readonly active: boolean;
  /** Whether some moments are still to be measured. */
  readonly measuring: boolean;
  /** The newest moment that was measured. */
  readonly newest: { readonly moment: number; readonly step: number } | null;
  /** The step at which training became no number and was taken back last; told of no other failure. */
  readonly diverged: number | null;
  /** The failure at the newest moment. */
  readonly finding: Finding | null;
  /** The step after which something was changed last. */
  readonly changed: number | null;
  /** How many of the newest moments in a row, all after the alarm, are without the failure. */
  readonly clear: number;
}

/** Moments in a row without the failure that make it gone. */
const CLEAR_MOMENTS = 2;

const isToMeasure = ({ final, samples, sets }: Moment) => !final && samples === null && sets !== null;

/** What a lesson sees. */
export function lessonFacts(state: StudioState, { failure, alarm, secondRun }: LessonState): LessonFacts {
  const { timeline, run } = state;
  const about = (findings: readonly Finding[]) => findings.find((finding) => finding.failure === failure);
  const found = findingsByMoment(state);
  // The samples of a finished run are of its best networks: of before the failure, perhaps.
  const told = timeline.moments
    .filter(({ id, final }) => found.has(id) && !final)
    .map(({ id, step }) => ({ moment: id, step, finding: about(found.get(id) ?? []) ?? null }));
  const since = secondRun ? -1 : (alarm?.moment ?? -1);
  const failing = told.findLastIndex(({ moment, finding }) => finding !== null || moment <= since);
  const newest = told.at(-1) ?? null;
  return {
    run: run.number,
    active: isActive(run.status),
    // One that cannot be measured says so, and is not waited for.
    measuring: timeline.error === null && timeline.moments.some(isToMeasure),
    newest,
    diverged: failure === 'divergence' ? (timeline.diverged.at(-1)?.step ?? null) : null,
    finding: newest?.finding ?? null,
    changed: timeline.changes.findLast(({ request }) => request.kind !== 'extend')?.after ?? null,
    clear: told.length - 1 - failing,
  };
}

/** The alarm that the facts raise; null where they raise none. */
function alarmOf({ finding, newest, diverged }: LessonFacts): Alarm | null {
  if (finding && newest) return { step: newest.step, moment: newest.moment, finding };
  return diverged === null ? null : { step: diverged, moment: newest?.moment ?? null, finding: null };
}

/** A run that began: the first one is watched; one that began after the alarm may be its cure. */
function begun(lesson: LessonState, { run }: LessonFacts): LessonState {
  const { alarm, failure, stage } = lesson;
  const second = alarm !== null && stage !== 'missed';
  if (second) return { ...lesson, run, secondRun: true, stage: 'recover', cured: null };
  return { ...INITIAL_LESSON, failure, run, stage: 'watch' };
}

function recovering(lesson: LessonState, { newest, clear, active, measuring }: LessonFacts): LessonState {
  // Another run is without the failure once it has come as far as the first one had at the alarm.
  const far = !lesson.secondRun || (newest?.step ?? 0) >= (lesson.alarm?.step ?? 0);
  if (newest && far && clear >= CLEAR_MOMENTS) {
    return { ...lesson, stage: 'compare', cured: { moment: newest.moment, step: newest.step } };
  }
  return active || measuring ? lesson : { ...lesson, stage: 'missed' };
}

/** How far the lesson has come. Returns the same object where nothing has changed. */
export function advanceLesson(lesson: LessonState, facts: LessonFacts): LessonState {
  if (lesson.failure === null) return lesson;
  if (facts.active && facts.run !== lesson.run) return begun(lesson, facts);
  switch (lesson.stage) {
    case 'watch': {
      const alarm = alarmOf(facts);
      if (alarm) return { ...lesson, stage: 'alarm', alarm };
      return facts.active || facts.measuring ? lesson : { ...lesson, stage: 'missed' };
    }
    case 'alarm': {
      const changed = facts.changed !== null && facts.changed >= (lesson.alarm?.step ?? 0);
      return changed ? { ...lesson, stage: 'recover' } : lesson;
    }
    case 'recover':
      return recovering(lesson, facts);
    default:
      return lesson;
  }
}

/** A figure of the alarm, then and now. */
export interface ComparedFigure extends FindingFigure {
  /** Null where it is not measured. */
  readonly now: number | null;
}

/** What the figures that spoke for the failure are at the newest moment. */
export function comparedFigures(state: StudioState, alarm: Alarm): readonly ComparedFigure[] {
  const newest = evidenceOfAll(state).at(-1);
  return (alarm.finding?.figures ?? []).map((figure) => ({
    ...figure,
    now: newest ? curveValue(newest, figure.curve) : null,
  }));
}
