import { expect, it } from 'vitest';
import { toScreen } from '../../charts/map.ts';
import { extended, isDragged, toMap } from './mapPointer.ts';

const view = { x: 1, y: 2, half: 4 };

it('takes places in a panel to the map, as the map goes to the panel', () => {
  const [x, y] = toScreen(view, 200, ...toMap(view, 200, 30, 170));
  expect(x).toBeCloseTo(30, 9);
  expect(y).toBeCloseTo(170, 9);
});

it('tells a click, in which a hand trembles, from a drag', () => {
  expect(isDragged({ x: 10, y: 10 }, 12, 13)).toBe(false);
  expect(isDragged({ x: 10, y: 10 }, 10, 16)).toBe(true);
});

it('gives an outline corners that can be told apart on the screen', () => {
  const start = [toMap(view, 200, 50, 50)];
  expect(extended(start, toMap(view, 200, 51, 51), view, 200)).toBe(start);
  expect(extended(start, toMap(view, 200, 50, 58), view, 200)).toHaveLength(2);
  expect(extended([], toMap(view, 200, 50, 58), view, 200)).toHaveLength(1);
});
