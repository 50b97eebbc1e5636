/** Whether type C follows the class Z that it is told: not at all, or nothing else. */

import { curveValue } from '../curves.ts';
import type { Evidence } from '../evidence.ts';
import { beside, besideReal, figure, told, variety } from './figures.ts';
import { extend, offered, weight } from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';
import { isLate } from './translation.ts';

/** Ignored: so much less than the classes of the source differ, and a judge hears hardly more than chance. */
const IGNORED = { ofReal: 0.35, alone: 0.03, heard: 0.45 };
/** Dominates: so much more than rows do and than classes of the source do, while samples lose their variety. */
const DOMINATES = { ratio: 1.2, ofReal: 1.3, variety: 0.6 };

const named = (failure: 'z-ignored' | 'z-dominates') => ({
  id: failure,
  failure,
  type: 'C' as const,
  classIndex: null,
  network: 'G_TS' as const,
});

function ignored(evidence: Evidence, context: FindingContext, ratio: number): Suspicion | null {
  const real = context.anchors?.condition ?? null;
  const heard = curveValue(evidence, 'heard/C/judge');
  const limit = real === null ? IGNORED.alone : Math.max(IGNORED.alone, IGNORED.ofReal * real);
  if (ratio >= limit || (heard !== null && heard >= IGNORED.heard)) return null;
  const expected =
    real === null ? `above ${IGNORED.alone}` : `about ${told(real)}, as the classes of the source differ`;
  return {
    ...named('z-ignored'),
    severity: 'critical',
    title: 'Z ignored: type C',
    sentence:
      'G_TS makes nearly the same sample of a row whichever class it is told: its samples of type C carry labels that they do not deserve.',
    figures: [
      ...figure(evidence, 'condition', expected),
      ...figure(evidence, 'heard/C/judge', 'well above 0.33, which is chance'),
    ],
    remedies: offered(weight(context.settings.gan, 'lambdaEmotion', 3), extend(context.planned)),
  };
}

function dominates(evidence: Evidence, context: FindingContext, ratio: number): Suspicion | null {
  const real = context.anchors?.condition ?? 0;
  const set = beside(evidence, context.anchors, 'C', null);
  const left = set && variety(set);
  if (ratio < Math.max(DOMINATES.ratio, DOMINATES.ofReal * real)) return null;
  if (left === null || left >= DOMINATES.variety) return null;
  const { gan } = context.settings;
  return {
    ...named('z-dominates'),
    severity: 'critical',
    title: 'Z dominates: type C',
    sentence:
      'What G_TS makes depends on the class it is told and hardly on the row: type C is little more than one prototype a class.',
    figures: [
      ...figure(evidence, 'condition', `well below ${DOMINATES.ratio}: rows should differ more than classes`),
      ...besideReal(evidence, context.anchors, 'C', null, 'vendi'),
      ...besideReal(evidence, context.anchors, 'C', null, 'recall'),
    ],
    remedies: offered(weight(gan, 'lambdaEmotion', 0.2), weight(gan, 'lambdaCycle', 2)),
  };
}

/** Z ignored, but not while it is early, and Z that dominates. */
export const condition: Rule = {
  measured: (evidence) => evidence.condition !== null,
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    const ratio = evidence.condition;
    if (ratio === null) return [];
    const low = isLate(evidence, context) ? ignored(evidence, context, ratio) : null;
    const finding = low ?? dominates(evidence, context, ratio);
    return finding ? [finding] : [];
  },
};
