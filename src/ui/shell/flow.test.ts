import { describe, expect, it } from 'vitest';
import { CYCLE_VARIANTS, ganTerms } from '../../methods/cycleVariant.ts';
import { BOX_SIZE, FLOW_BOXES, FLOW_SIZE, flowTermsOf, litAt, MARK_SIZE } from './flow.ts';

const terms = ganTerms(CYCLE_VARIANTS.ccemogan);

describe('the drawing of a step', () => {
  it('has a place for every term of the method, in the order in which a step computes them', () => {
    expect(flowTermsOf(terms).map(({ term }) => term)).toEqual(terms);
  });

  it('leaves out what a method has not', () => {
    const names = flowTermsOf(ganTerms(CYCLE_VARIANTS.cyclegan)).map(({ term }) => term);
    expect(names).toContain('cycle');
    expect(names).not.toContain('conditionalEmotion');
  });

  it('lays nothing over anything else, and all of it inside', () => {
    const boxes = Object.values(FLOW_BOXES).map(({ x, y }) => ({ x, y, ...BOX_SIZE }));
    const marks = flowTermsOf(terms).map(({ x, y }) => ({ x, y, ...MARK_SIZE }));
    const all = [...boxes, ...marks];
    all.forEach((a, i) => {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(FLOW_SIZE.width);
      expect(a.y + a.height / 2).toBeLessThanOrEqual(FLOW_SIZE.height);
      for (const b of all.slice(i + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.x},${a.y} over ${b.x},${b.y}`).toBe(true);
      }
    });
  });
});

describe('what lights up', () => {
  it('goes through all terms in order, and then none', () => {
    const seen = Array.from({ length: 101 }, (_, i) => litAt(12, 10 * i, 1000));
    expect([...new Set(seen)]).toEqual([...Array.from({ length: 12 }, (_, i) => i), null]);
  });
});
