/**
 * Fig. 2 as data: five groups of points on one map, shown in three panels (low, mid, high) that share a
 * view. What belongs in which panel, what is faint, where a point lies on the screen, which is nearest.
 * Knows nothing of how points were projected, nor of the canvas.
 */
import { CLASSES, type Corpus, UNLABELLED } from '../corpus/corpus.ts';
import { GROUP_LABELS, GROUPS, type Group } from './palette.ts';

/** One group of points; all arrays are as long as the group has points. */
export interface MapPoints {
  /** `[x0, y0, x1, y1, …]`. */
  readonly coordinates: Float32Array;
  /** Class of each point; `UNLABELLED` points are shown, faint, in all three panels. */
  readonly classes: Int8Array;
  /** What the hover says first of a point, e.g. by `utteranceNames`: the utterance and its speaker. */
  readonly name: (index: number) => string;
  /** The sample of each point, ascending: its row of the corpus; where left out, a point's number is its sample's. */
  readonly rows?: Int32Array;
  /** Distance to the nearest real rows over the usual one; see `Placement.offData`. */
  readonly offData?: Float32Array;
}

/** What the map shows; a group that is not there yet is left out. */
export interface MapContent {
  readonly kind: 'pca' | 'umap';
  readonly groups: Readonly<Partial<Record<Group, MapPoints>>>;
}

/** The square of map coordinates on show: centre and half a side. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/**
 * How a point stands to the real rows, which is what the map itself cannot show: `on` the data, `off` it, `far` off it;
 * `unlabelled` is a real row without a class.
 */
export const STANDINGS = ['on', 'off', 'far', 'unlabelled'] as const;
export type Standing = (typeof STANDINGS)[number];

/** From how many usual distances to the nearest real rows on a point counts as off the data, and as far off. */
export const OFF_DATA = 2;
export const FAR_OFF_DATA = 4;

/** Real rows lie under synthetic ones, which are what the map is looked at for. */
export const DRAWING_ORDER: readonly Group[] = ['target', 'source', 'C', 'A', 'B'];

/** Tells "utterance · speaker" of a row of a corpus. Made one by one: a map may hold tens of thousands. */
export function utteranceNames({ speakers, utterances }: Corpus): (row: number) => string {
  return (row) => {
    const speaker = speakers ? speakers.index[row] : -1;
    return speakers && speaker >= 0 ? `${utterances[row]} · ${speakers.names[speaker]}` : utterances[row];
  };
}

/** Whether point `i` belongs in the panel of class `k`. */
export function inPanel(points: MapPoints, i: number, k: number): boolean {
  return points.classes[i] === k || points.classes[i] === UNLABELLED;
}

/** The place of point `i`'s standing in `STANDINGS`. */
export function standingOf({ classes, offData }: MapPoints, i: number): number {
  if (classes[i] === UNLABELLED) return 3;
  if (!offData || !(offData[i] > OFF_DATA)) return 0;
  return offData[i] > FAR_OFF_DATA ? 2 : 1;
}

interface Box {
  x: [number, number];
  y: [number, number];
}

function bounds(content: MapContent, groups: readonly Group[]): Box {
  const box: Box = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
  for (const group of groups) {
    const at = content.groups[group]?.coordinates ?? [];
    for (let i = 0; i < at.length; i += 2) {
      if (!Number.isFinite(at[i]) || !Number.isFinite(at[i + 1])) continue;
      box.x[0] = Math.min(box.x[0], at[i]);
      box.x[1] = Math.max(box.x[1], at[i]);
      box.y[0] = Math.min(box.y[0], at[i + 1]);
      box.y[1] = Math.max(box.y[1], at[i + 1]);
    }
  }
  return box;
}

/**
 * The view that holds all real points with a margin, widened in steps of a quarter where synthetic ones lie
 * outside: in steps, so that the view does not breathe with every snapshot.
 */
export function mapFrame(content: MapContent): View {
  const real = bounds(content, ['source', 'target']);
  if (real.x[0] > real.x[1]) return { x: 0, y: 0, half: 1 };
  const all = bounds(content, GROUPS);
  const x = (real.x[0] + real.x[1]) / 2;
  const y = (real.y[0] + real.y[1]) / 2;
  let half = 0.54 * Math.max(real.x[1] - real.x[0], real.y[1] - real.y[0], 1e-6);
  const reach = Math.max(all.x[1] - x, x - all.x[0], all.y[1] - y, y - all.y[0]);
  while (half < reach) half *= 1.25;
  return { x, y, half };
}

/** Screen position `[px, py]` of map coordinates in a square panel of `size` pixels; y points up. */
export function toScreen(view: View, size: number, x: number, y: number): [number, number] {
  const scale = size / (2 * view.half);
  return [(x - view.x + view.half) * scale, (view.y + view.half - y) * scale];
}

/** The view after a drag by `[dx, dy]` pixels in a panel of `size` pixels. */
export function panned(view: View, size: number, dx: number, dy: number): View {
  const scale = (2 * view.half) / size;
  return { ...view, x: view.x - dx * scale, y: view.y + dy * scale };
}

/** The view magnified `factor` times about a point given in shares of the panel, from its top left. */
export function zoomed(view: View, factor: number, atX = 0.5, atY = 0.5): View {
  const half = view.half / factor;
  const shift = 2 * (view.half - half);
  return { x: view.x + shift * (atX - 0.5), y: view.y - shift * (atY - 0.5), half };
}

/** A point of the map. */
export interface PointReference {
  readonly group: Group;
  readonly index: number;
}

/** The drawn point of panel `k` nearest to `[px, py]`, within `reach` pixels; null where there is none. */
export function nearestPoint(
  content: MapContent,
  k: number,
  hidden: ReadonlySet<Group>,
  view: View,
  size: number,
  [px, py]: readonly [number, number],
  reach = 12,
): PointReference | null {
  let best = reach * reach;
  let found: PointReference | null = null;
  const scale = size / (2 * view.half);
  const left = px - (view.half - view.x) * scale;
  const top = py - (view.half + view.y) * scale;
  for (const group of DRAWING_ORDER) {
    const points = content.groups[group];
    if (!points || hidden.has(group)) continue;
    const { coordinates, classes } = points;
    for (let i = 0; i < classes.length; i++) {
      if (!inPanel(points, i, k)) continue;
      const distance = (coordinates[2 * i] * scale - left) ** 2 + (coordinates[2 * i + 1] * scale + top) ** 2;
      // Not later than the one on top: what is drawn last is what the user sees.
      if (distance <= best) {
        best = distance;
        found = { group, index: i };
      }
    }
  }
  return found;
}

/** What the hover tells of a point: its utterance and speaker, then its group, class and doubts. */
export function describePoint(content: MapContent, { group, index }: PointReference): [string, string] {
  const points = content.groups[group];
  if (!points) return ['', GROUP_LABELS[group]];
  const k = points.classes[index];
  const parts = [GROUP_LABELS[group], k === UNLABELLED ? 'no label' : CLASSES[k]];
  if (points.offData && points.offData[index] > OFF_DATA) {
    parts.push(`${points.offData[index].toFixed(1)} × as far from real rows as they from each other`);
  }
  return [points.name(index), parts.join(' · ')];
}
