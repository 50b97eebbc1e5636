/**
 * The map's points as WebGL takes them: in the order in which they are drawn, coordinates and what marks tell in arrays of
 * their own. Pure; knows no context.
 */
import { type MapContent, standingOf } from './map.ts';
import { emphasisOf, type Lighting } from './mapLighting.ts';
import { GROUPS, type Group } from './palette.ts';

/** In which order points are drawn: of each its group, as its place in `groups`, and its number in that group. */
export interface DrawingOrder {
  readonly groups: readonly Group[];
  /** Points of each group. */
  readonly counts: readonly number[];
  readonly group: Uint8Array;
  readonly index: Uint32Array;
}

/** Groups take turns, `passes` parts each, so that none hides another merely by being drawn last. */
export function drawingOrder(content: MapContent, groups: readonly Group[], passes: number): DrawingOrder {
  const counts = groups.map((group) => content.groups[group]?.classes.length ?? 0);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const group = new Uint8Array(total);
  const index = new Uint32Array(total);
  let o = 0;
  for (let pass = 0; pass < passes; pass++) {
    for (let g = 0; g < groups.length; g++) {
      for (let i = pass; i < counts[g]; i += passes) {
        group[o] = g;
        index[o++] = i;
      }
    }
  }
  return { groups, counts, group, index };
}

/** Whether an order holds for what is to be drawn now. */
export function isOrderOf(order: DrawingOrder, content: MapContent): boolean {
  return order.groups.every((group, g) => (content.groups[group]?.classes.length ?? 0) === order.counts[g]);
}

/** Farther out than any view reaches: where a point is put that has no place. */
const NOWHERE = 1e30;

/** `[x, y]` of each point in drawing order. */
export function positionsOf(order: DrawingOrder, content: MapContent): Float32Array {
  const coordinates = order.groups.map((group) => content.groups[group]?.coordinates);
  const out = new Float32Array(2 * order.index.length);
  for (let n = 0; n < order.index.length; n++) {
    const at = coordinates[order.group[n]]!;
    const x = at[2 * order.index[n]];
    const y = at[2 * order.index[n] + 1];
    const known = Number.isFinite(x) && Number.isFinite(y);
    out[2 * n] = known ? x : NOWHERE;
    out[2 * n + 1] = known ? y : NOWHERE;
  }
  return out;
}

/** Bytes of a point in `marksOf`: class + 1 (0 for none), the group's place in `GROUPS`, standing, emphasis. */
export const MARK_BYTES = 4;

/** What the mark of each point tells, in drawing order. */
export function marksOf(order: DrawingOrder, content: MapContent, lit: Lighting | null): Uint8Array {
  const out = new Uint8Array(MARK_BYTES * order.index.length);
  const names = order.groups;
  const places = names.map((group) => GROUPS.indexOf(group));
  const points = names.map((group) => content.groups[group]);
  for (let n = 0, o = 0; n < order.index.length; n++, o += MARK_BYTES) {
    const g = order.group[n];
    const i = order.index[n];
    const of = points[g]!;
    out[o] = of.classes[i] + 1;
    out[o + 1] = places[g];
    out[o + 2] = standingOf(of, i);
    out[o + 3] = emphasisOf(lit, names[g], i);
  }
  return out;
}
