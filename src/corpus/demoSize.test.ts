import { describe, expect, it } from 'vitest';
import { parseDemoSize } from './demoSize.ts';

describe('parseDemoSize', () => {
  it('reads three numbers', () => {
    expect(parseDemoSize('10039, 2163,1582')).toEqual({
      sourceRows: 10039,
      targetRows: 2163,
      features: 1582,
    });
  });
  it.each(['', '600', '600,500', '600,500,88,1', '600,x,88', '600,500,-1', '1e9,500,88', '999999,500,88'])(
    'refuses %j',
    (text) => {
      expect(() => parseDemoSize(text)).toThrow(/Demo size .* expected three whole numbers/);
    },
  );
});
