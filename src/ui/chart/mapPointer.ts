/** What pointers do on a panel of the map, in numbers. Pure. */
import { toScreen, type View } from '../../charts/map.ts';
import type { Outline } from '../../charts/mapLighting.ts';

/** Pixels that a pointer may tremble in a click, and that an outline's corners lie apart. */
const TREMBLE = 4;
const CORNER_DISTANCE = 3;

/** Map coordinates of a place in a panel of `size` pixels. */
export function toMap(view: View, size: number, x: number, y: number): [number, number] {
  const scale = (2 * view.half) / size;
  return [view.x - view.half + x * scale, view.y + view.half - y * scale];
}

/** Whether a pointer went farther from where it was pressed than in a click. */
export function isDragged(from: { readonly x: number; readonly y: number }, x: number, y: number): boolean {
  return Math.hypot(x - from.x, y - from.y) > TREMBLE;
}

/** An outline with one more corner, where that is far enough from the last one to be seen. */
export function extended(
  outline: Outline,
  corner: readonly [number, number],
  view: View,
  size: number,
): Outline {
  const last = outline.at(-1);
  if (last) {
    const [ax, ay] = toScreen(view, size, ...last);
    const [bx, by] = toScreen(view, size, ...corner);
    if (Math.hypot(bx - ax, by - ay) < CORNER_DISTANCE) return outline;
  }
  return [...outline, corner];
}
