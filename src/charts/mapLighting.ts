/**
 * From samples to points of the map and back: what is selected lights up, what is drawn around is selected. Knows the
 * map's points and the names of samples, neither canvas nor page.
 */
import type { SampleReference, SampleSelection } from '../diagnosis/samples.ts';
import { inPanel, type MapContent, type MapPoints, type PointReference } from './map.ts';
import { EMPHASES } from './mapMarks.ts';
import { GROUPS, type Group } from './palette.ts';

/** Of each point of a group: 0 not selected, 1 in the first selection, 2 in the second, or in both. */
export type Lighting = Readonly<Partial<Record<Group, Uint8Array>>>;

const USUAL = EMPHASES.indexOf('usual');
const DIMMED = EMPHASES.indexOf('dimmed');

/** Whether a point is selected. */
export const isLit = (lit: Lighting | null, group: Group, i: number): boolean =>
  lit !== null && (lit[group]?.[i] ?? 0) > 0;

/** The place in `EMPHASES` of what a point's mark says of the selection. */
export const emphasisOf = (lit: Lighting | null, group: Group, i: number): number =>
  lit === null ? USUAL : DIMMED + (lit[group]?.[i] ?? 0);

/** The point that shows a sample; −1 where it is not on the map. */
function pointOf({ classes, rows }: MapPoints, sample: number): number {
  if (!rows) return sample < classes.length ? sample : -1;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < sample) low = middle + 1;
    else high = middle;
  }
  return rows[low] === sample ? low : -1;
}

/** Which points two selections light up; null where there is neither. */
export function lightingOf(
  content: MapContent,
  first: SampleSelection | null,
  second: SampleSelection | null,
): Lighting | null {
  if (!first && !second) return null;
  const lit: Partial<Record<Group, Uint8Array>> = {};
  for (const group of GROUPS) {
    const points = content.groups[group];
    if (!points) continue;
    const marks = new Uint8Array(points.classes.length);
    [first, second].forEach((selection, n) => {
      for (const sample of selection?.[group] ?? []) {
        const i = pointOf(points, sample);
        if (i >= 0) marks[i] = n + 1;
      }
    });
    lit[group] = marks;
  }
  return lit;
}

/** The point that shows a sample, or null where it is not on the map. */
export function pointShowing(content: MapContent, sample: SampleReference | null): PointReference | null {
  const points = sample && content.groups[sample.group];
  if (!points) return null;
  const index = pointOf(points, sample.row);
  return index < 0 ? null : { group: sample.group, index };
}

/** The sample that a point shows. */
export function sampleShown(content: MapContent, { group, index }: PointReference): SampleReference {
  return { group, row: content.groups[group]?.rows?.[index] ?? index };
}

/** The samples of the points that a condition holds for, of the groups that are not hidden; null where there are none. */
export function samplesWhere(
  content: MapContent,
  hidden: ReadonlySet<Group>,
  holds: (points: MapPoints, i: number, group: Group) => boolean,
): SampleSelection | null {
  const samples: Partial<Record<Group, Int32Array>> = {};
  for (const group of GROUPS) {
    const points = content.groups[group];
    if (!points || hidden.has(group)) continue;
    const found: number[] = [];
    for (let i = 0; i < points.classes.length; i++) {
      if (holds(points, i, group)) found.push(points.rows?.[i] ?? i);
    }
    if (found.length > 0) samples[group] = Int32Array.from(found);
  }
  return Object.keys(samples).length > 0 ? samples : null;
}

/** A closed line in map coordinates: `[x, y]` corner by corner, the last joined to the first. */
export type Outline = readonly (readonly [number, number])[];

/** Whether a place lies inside an outline, by how often a ray from it crosses the line. */
function isInside(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i];
    const [bx, by] = outline[j];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/** The samples inside an outline drawn in the panel of class `k`: those that are seen there. Null where there are none. */
export function samplesInside(
  content: MapContent,
  k: number,
  hidden: ReadonlySet<Group>,
  outline: Outline,
): SampleSelection | null {
  return samplesWhere(
    content,
    hidden,
    (points, i) =>
      inPanel(points, i, k) && isInside(outline, points.coordinates[2 * i], points.coordinates[2 * i + 1]),
  );
}
