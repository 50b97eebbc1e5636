import { expect, it } from 'vitest';
import { keysOf } from './keys.ts';

it('gives equal entries keys of their own, the same each time', () => {
  const keys = keysOf(['a', 'b', 'a', '1 a', 'a']);
  expect(new Set(keys).size).toBe(5);
  expect(keysOf(['a', 'b', 'a', '1 a', 'a', 'c']).slice(0, 5)).toEqual(keys);
});
