/** What the coach says at each stage of a lesson. Pure text. */
import type { Provocation } from '../../experiment/provocations.ts';
import { LESSON_STAGES, type LessonStage, type LessonState } from '../../store/lessons.ts';
import { formatCount } from '../format.ts';
import type { Place } from './pointAt.ts';

/** The stages in one word each, as steps that follow one another. */
export const STAGE_NAMES: Record<(typeof LESSON_STAGES)[number], string> = {
  provoke: 'Provoke',
  watch: 'Watch',
  alarm: 'Alarm',
  recover: 'Cure',
  compare: 'Compare',
};

export interface CoachText {
  readonly title: string;
  readonly text: string;
  /** Where to look. */
  readonly places: readonly Place[];
}

/** What is said where the run has ended too early. */
const missed = ({ alarm }: LessonState): CoachText => ({
  title: alarm
    ? 'The run has ended before the cure could show'
    : 'The run has ended, and the alarm did not come',
  text: alarm
    ? 'A cure needs some hundred steps. Provoke the failure again, and carry the cure out as soon as the alarm comes.'
    : 'Chance has its part in every training. The next try has another seed.',
  places: ['metrics'],
});

function alarmed({ alarm }: LessonState, { cure }: Provocation, active: boolean): CoachText {
  const what = alarm?.finding
    ? `${alarm.finding.title}. ${alarm.finding.sentence}`
    : `Training came to a number that is none at step ${formatCount(alarm?.step ?? 0)}, and went back to its last good networks.`;
  const next =
    cure?.kind === 'next'
      ? 'The cure needs another run, from the beginning.'
      : active
        ? 'The run waits, so that you can look. Then carry out the cure; the run goes on with it.'
        : 'The run has ended, and nothing of it can be changed any more: provoke the failure once more.';
  return {
    title: `Alarm at step ${formatCount(alarm?.step ?? 0)}`,
    text: `${what} ${next}`,
    places: ['findings', 'map'],
  };
}

/** What to say at the stage that the lesson is at. `active` while a run goes on. */
export function coachText(lesson: LessonState, provocation: Provocation, active: boolean): CoachText {
  const { cause, watch } = provocation;
  switch (lesson.stage) {
    case 'provoke':
      return { title: 'Provoke the failure', text: `${cause} The settings are in place.`, places: [] };
    case 'watch':
      return { title: 'Watch', text: watch, places: ['map', 'metrics', 'findings'] };
    case 'alarm':
      return alarmed(lesson, provocation, active);
    case 'recover':
      return {
        title: 'The cure is at work',
        text: 'Watch the figures come back. The failure counts as gone once two moments in a row are without it.',
        places: ['metrics', 'map', 'findings'],
      };
    case 'compare':
      return {
        title: `Gone at step ${formatCount(lesson.cured?.step ?? 0)}`,
        text: lesson.secondRun
          ? 'The second run has not got the failure. These figures told it in the first:'
          : 'Go back and forth between the alarm and now: map, losses and figures go along. These figures told it:',
        places: ['map', 'metrics'],
      };
    case 'missed':
      return missed(lesson);
  }
}

/** How far a stage is behind or ahead, for the row of steps; a lesson that missed its end stands where it was. */
export function stageStates(lesson: LessonState): readonly ('done' | 'now' | 'ahead')[] {
  const missedAt: LessonStage = lesson.alarm ? 'recover' : 'watch';
  const now = LESSON_STAGES.findIndex(
    (stage) => stage === (lesson.stage === 'missed' ? missedAt : lesson.stage),
  );
  return LESSON_STAGES.map((_, i) => (i < now ? 'done' : i === now ? 'now' : 'ahead'));
}
