/**
 * Puts the map's points on a 2-D canvas, where WebGL 2 is not to be had: marks are drawn once as small images and
 * stamped, and the real points, which do not move, are kept as one picture. Takes any canvas; knows nothing of the page.
 */
import { isReal } from '../diagnosis/samples.ts';
import { DRAWING_ORDER, inPanel, type MapContent, standingOf, type View } from './map.ts';
import { emphasisOf, isLit, type Lighting } from './mapLighting.ts';
import { type Canvas, type Context, imageOf, type MarkSet } from './mapMarks.ts';
import type { Group } from './palette.ts';

/** Groups are drawn in so many parts that take turns, so that none hides another merely by being drawn last. */
export const PASSES = 16;

/** Everything that decides how one panel looks. */
export interface PanelScene {
  readonly content: MapContent;
  /** What was shown before, on the way from which points are while `share` < 1; null where they just stand there. */
  readonly from: MapContent | null;
  /** Share of the way done, in [0, 1]. */
  readonly share: number;
  /** The class whose panel it is. */
  readonly k: number;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly marks: MarkSet;
  /** What is selected; null where nothing is. */
  readonly lit: Lighting | null;
  /** Side of the panel, and where its corner lies on the canvas, in device pixels. */
  readonly size: number;
  readonly left: number;
  readonly top: number;
}

/** What paints the panels of a map on one canvas. */
export interface MapPainter {
  /** Whether points can move: where not, `from` and `share` are passed over. */
  readonly moves: boolean;
  /** Whether the last picture is still being made: to paint on would hold the page until it is done. */
  readonly busy: boolean;
  /** Sets the canvas's size in device pixels, which empties it. */
  resize(width: number, height: number): void;
  /** Paints one panel; what lies outside it stays. */
  paint(scene: PanelScene): void;
  close(): void;
}

/** Whether two scenes of a panel show the same picture of the real points. */
export function showSameReal(last: PanelScene | undefined, scene: PanelScene): boolean {
  return (
    last !== undefined &&
    last.size === scene.size &&
    last.left === scene.left &&
    last.top === scene.top &&
    last.view === scene.view &&
    last.marks === scene.marks &&
    last.hidden === scene.hidden &&
    last.lit === scene.lit &&
    last.content.groups.source === scene.content.groups.source &&
    last.content.groups.target === scene.content.groups.target
  );
}

/** Stamps every `PASSES`-th mark of a group, from `first` on: the selected ones, or those that are not. */
function stamp(context: Context, scene: PanelScene, group: Group, first: number, selected: boolean): void {
  const points = scene.content.groups[group];
  if (!points || scene.hidden.has(group)) return;
  const { view, size, marks, lit } = scene;
  const images = marks.images[group];
  const { coordinates, classes } = points;
  const scale = size / (2 * view.half);
  const left = (view.half - view.x) * scale - marks.side / 2;
  const top = (view.half + view.y) * scale - marks.side / 2;
  for (let i = first; i < classes.length; i += PASSES) {
    if (!inPanel(points, i, scene.k) || isLit(lit, group, i) !== selected) continue;
    const x = Math.round(left + coordinates[2 * i] * scale);
    const y = Math.round(top - coordinates[2 * i + 1] * scale);
    // Written so that a coordinate that is not a number is left out too.
    if (!(x > -marks.side && x < size && y > -marks.side && y < size)) continue;
    context.drawImage(images[imageOf(emphasisOf(lit, group, i), standingOf(points, i))], x, y);
  }
}

function stampGroups(context: Context, scene: PanelScene, groups: readonly Group[], selected: boolean): void {
  for (let pass = 0; pass < PASSES; pass++) {
    for (const group of groups) stamp(context, scene, group, pass, selected);
  }
}

export const REAL_GROUPS = DRAWING_ORDER.filter(isReal);
export const SYNTHETIC_GROUPS = DRAWING_ORDER.filter((group) => !isReal(group));

/** Paints panels by stamping images, and keeps the picture of their real points between calls. */
export class CanvasPainter implements MapPainter {
  readonly moves = false;
  readonly busy = false;
  readonly #canvas: Canvas;
  readonly #createCanvas: (side: number) => Canvas;
  /** By class: the real points of the panel, and the scene they were painted for. */
  readonly #real = new Map<number, { readonly picture: Canvas; readonly of: PanelScene }>();

  constructor(canvas: Canvas, createCanvas: (side: number) => Canvas) {
    this.#canvas = canvas;
    this.#createCanvas = createCanvas;
  }

  resize(width: number, height: number): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  paint(scene: PanelScene): void {
    const context = this.#canvas.getContext('2d') as Context | null;
    if (!context) return;
    const { left, top, size } = scene;
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    context.translate(left, top);
    context.clearRect(0, 0, size, size);
    context.drawImage(this.#realPoints(scene), 0, 0);
    stampGroups(context, scene, SYNTHETIC_GROUPS, false);
    if (scene.lit) stampGroups(context, scene, DRAWING_ORDER, true);
    context.restore();
  }

  close(): void {
    this.#real.clear();
  }

  #realPoints(scene: PanelScene): Canvas {
    const { k, size } = scene;
    const kept = this.#real.get(k);
    if (kept && showSameReal(kept.of, scene)) return kept.picture;
    const picture = kept?.of.size === size ? kept.picture : this.#createCanvas(size);
    const context = picture.getContext('2d') as Context;
    context.clearRect(0, 0, size, size);
    stampGroups(context, scene, REAL_GROUPS, false);
    this.#real.set(k, { picture, of: scene });
    return picture;
  }
}
