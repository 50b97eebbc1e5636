import { expect, it } from 'vitest';
import { GAN_TERMS } from '../methods/events.ts';
import { curveLabel } from './curves.ts';

it('tells of a gradient or a loss in words, not by the name that the program gives its term', () => {
  expect(curveLabel('gradient/adversarialS')).toBe('Gradient: adversarial of D_S');
  expect(curveLabel('loss/gradientPenaltyT')).toBe('Loss: penalty of D_T');
  for (const term of GAN_TERMS) expect(curveLabel(`loss/${term}`)).not.toMatch(/[a-z][A-Z]/);
});
