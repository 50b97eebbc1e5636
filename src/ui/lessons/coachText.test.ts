import { describe, expect, it } from 'vitest';
import { PROVOCATIONS } from '../../experiment/provocations.ts';
import { INITIAL_LESSON, LESSON_STAGES, type LessonState } from '../../store/lessons.ts';
import { coachText, stageStates } from './coachText.ts';

const provocation = PROVOCATIONS[1];
const lesson: LessonState = { ...INITIAL_LESSON, failure: 'divergence' };
const alarm = { step: 12, moment: null, finding: null };

describe('the coach', () => {
  it('says something else at every stage', () => {
    const stages = [...LESSON_STAGES, 'missed'] as const;
    const said = stages.map((stage) => coachText({ ...lesson, stage, alarm }, provocation, true).text);
    expect(new Set(said).size).toBe(stages.length);
  });

  it('does not ask for a cure of a run that has ended', () => {
    const at = { ...lesson, stage: 'alarm', alarm } as const;
    expect(coachText(at, provocation, true).text).toContain('carry out the cure');
    expect(coachText(at, provocation, false).text).toContain('provoke the failure once more');
  });

  it('tells how far the lesson has come, also where it has missed its end', () => {
    expect(stageStates({ ...lesson, stage: 'alarm', alarm })).toEqual([
      'done',
      'done',
      'now',
      'ahead',
      'ahead',
    ]);
    expect(stageStates({ ...lesson, stage: 'missed' })[1]).toBe('now');
    expect(stageStates({ ...lesson, stage: 'missed', alarm })[3]).toBe('now');
  });
});
