import { describe, expect, it } from 'vitest';
import type { Finding } from '../diagnosis/finding.ts';
import { advanceLesson, INITIAL_LESSON, type LessonFacts, type LessonState } from './lessons.ts';

const FIRST = 1;
const SECOND = 2;
const finding: Finding = {
  id: 'mode-collapse',
  failure: 'mode-collapse',
  severity: 'critical',
  type: 'B',
  classIndex: null,
  network: null,
  title: 'Mode collapse: type B',
  sentence: 'All samples are alike.',
  figures: [],
  remedies: [],
  since: 50,
};
const idle: LessonFacts = {
  run: 0,
  active: false,
  measuring: false,
  newest: null,
  diverged: null,
  finding: null,
  changed: null,
  clear: 0,
};
const opened: LessonState = { ...INITIAL_LESSON, failure: 'mode-collapse' };
const training: LessonFacts = { ...idle, run: FIRST, active: true };
const at = (moment: number, more: Partial<LessonFacts> = {}): LessonFacts => ({
  ...training,
  newest: { moment, step: 25 * moment },
  ...more,
});

/** The lesson after each of these looks at the studio. */
const seen = (...looks: readonly LessonFacts[]) => looks.reduce(advanceLesson, opened);

describe('a lesson', () => {
  it('waits until a run begins, whoever starts it', () => {
    expect(seen(idle)).toBe(opened);
    expect(seen(idle, training)).toMatchObject({ stage: 'watch', run: FIRST });
  });

  it('sounds the alarm at the moment at which the failure is told, and keeps what was told', () => {
    const alarmed = seen(training, at(1), at(2), at(3, { finding }));
    expect(alarmed).toMatchObject({ stage: 'alarm', alarm: { step: 75, moment: 3, finding } });
    // Without a cure nothing but the alarm stands, also where the finding comes and goes.
    expect(advanceLesson(alarmed, at(4))).toBe(alarmed);
  });

  it('takes any change that comes after the alarm as a cure, and none that came before', () => {
    const changedEarly = { finding, changed: 10 };
    expect(seen(training, at(3, changedEarly), at(4, changedEarly)).stage).toBe('alarm');
    expect(seen(training, at(3, { finding }), at(3, { finding, changed: 80 })).stage).toBe('recover');
  });

  it('is at its end once two moments in a row are without the failure', () => {
    const cured = { changed: 80, finding: null };
    const recovering = seen(training, at(3, { finding }), at(3, { finding, changed: 80 }));
    const once = advanceLesson(recovering, at(4, { ...cured, clear: 1 }));
    expect(once.stage).toBe('recover');
    expect(advanceLesson(once, at(5, { ...cured, clear: 2 }))).toMatchObject({
      stage: 'compare',
      cured: { step: 125, moment: 5 },
    });
  });

  it('says that it has missed its end where the run ends before, and begins anew with the next run', () => {
    const unprovoked = seen(training, at(9), at(9, { active: false }));
    expect(unprovoked.stage).toBe('missed');
    expect(advanceLesson(unprovoked, { ...training, run: SECOND })).toMatchObject({
      stage: 'watch',
      alarm: null,
    });
    const uncured = seen(
      training,
      at(3, { finding }),
      at(4, { finding, changed: 80 }),
      at(9, { finding, changed: 80, active: false }),
    );
    expect(uncured.stage).toBe('missed');
  });

  it('waits for moments that are still to be measured when the run ends', () => {
    const ended = { active: false, measuring: true };
    const waiting = seen(training, at(8, ended));
    expect(waiting.stage).toBe('watch');
    expect(advanceLesson(waiting, at(9, { ...ended, finding })).stage).toBe('alarm');
    const curing = seen(
      training,
      at(3, { finding }),
      at(4, { finding, changed: 80, ...ended }),
      at(5, ended),
    );
    expect(curing.stage).toBe('recover');
    expect(advanceLesson(curing, at(6, { ...ended, changed: 80, clear: 2 })).stage).toBe('compare');
  });

  it('takes a run that begins after the alarm as the cure, and watches that', () => {
    const alarmed = seen(training, at(3, { finding }), at(3, { finding, active: false }));
    expect(alarmed.stage).toBe('alarm');
    const again = advanceLesson(alarmed, { ...training, run: SECOND });
    expect(again).toMatchObject({ stage: 'recover', secondRun: true, alarm: { moment: 3 } });
    // As far as the first run was at the alarm, nobody knows yet.
    expect(advanceLesson(again, { ...at(2, { clear: 2 }), run: SECOND })).toBe(again);
    expect(advanceLesson(again, { ...at(3, { clear: 3 }), run: SECOND }).stage).toBe('compare');
  });

  it('hears of a divergence though no moment tells of it yet', () => {
    const look = { ...training, diverged: 40 };
    expect(seen(training, look)).toMatchObject({
      stage: 'alarm',
      alarm: { step: 40, moment: null, finding: null },
    });
  });

  it('does nothing while there is none', () => {
    expect(advanceLesson(INITIAL_LESSON, training)).toBe(INITIAL_LESSON);
  });
});
