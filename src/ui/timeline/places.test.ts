import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../experiment/presets.ts';
import { namedChanges } from './changeText.ts';
import { momentOf } from './moments.testing.ts';
import { lengthOf, momentNear, placeOf, severityStretches } from './places.ts';

const moment = (id: number, step: number, final = false) => momentOf(id, step, { final });

describe('places on the timeline', () => {
  const moments = [moment(1, 0), moment(2, 50), moment(3, 100), moment(4, 50, true)];

  it('go by step, with the samples kept beyond the last, whatever step they are of', () => {
    const places = moments.map((m) => placeOf(m, 100));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(4);
    expect([places[0], places[3]]).toEqual([0, 1]);
  });

  it('find the moment that is nearest', () => {
    expect(momentNear(moments, 0.45, 100)?.id).toBe(2);
    expect(momentNear(moments, 0.99, 100)?.id).toBe(4);
    expect(momentNear([], 0.5, 100)).toBeNull();
  });

  it('reach as far as was planned, or further where more was done', () => {
    expect(lengthOf(moments, 400)).toBe(400);
    expect(lengthOf(moments, 60)).toBe(100);
    expect(lengthOf([], 0)).toBe(1);
  });
});

it('one stretch goes on as long as the worst severity stays the same', () => {
  const moments = [0, 25, 50, 75, 100].map((step, i) => moment(i, step));
  const severities = ['warning', 'warning', null, 'critical', 'warning'] as const;
  const stretches = severityStretches(moments, ({ id }) => severities[id], 100);
  expect(stretches.map(({ severity, step }) => [severity, step])).toEqual([
    ['warning', 0],
    ['critical', 75],
    ['warning', 100],
  ]);
  expect(stretches[0].to).toBe(placeOf(moments[2], 100));
  expect(stretches[1].to).toBe(stretches[2].from);
});

it('changes say what a setting was before, changes before them included', () => {
  const { settings } = PRESETS.quick;
  const from = settings.gan.lambdaEmotion;
  const named = namedChanges(settings, [
    { after: 10, request: { kind: 'set', set: { lambdaEmotion: 0.25 } } },
    { after: 20, request: { kind: 'set', set: { lambdaEmotion: 0.5, adversarial: 'lsgan' } } },
    { after: 30, request: { kind: 'extend', steps: 1 } },
    { after: 40, request: { kind: 'restore' } },
  ]);
  expect(named.map(({ step, text }) => `${step}: ${text}`)).toEqual([
    `10: λ₃ emotion ${from} → 0.25`,
    `20: λ₃ emotion 0.25 → 0.5, Adversarial loss ${settings.gan.adversarial} → lsgan`,
    '30: 1 step more',
    '40: Back to the last good networks',
  ]);
});
