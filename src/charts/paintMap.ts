/**
 * Puts the map's points on a 2-D canvas: marks are drawn once as small images and stamped, and the real
 * points, which do not move, are kept as one picture. Takes any canvas; knows nothing of the page.
 *
 * Why not scattergl: one update of 10,000 points in three panels costs it over 50 ms of script alone, and
 * over 200 ms a frame where WebGL is emulated; this costs a few milliseconds a panel.
 */
import { DRAWING_ORDER, inPanel, isFaint, type MapContent, type View } from './map.ts';
import type { Group, GroupStyle } from './palette.ts';

type Canvas = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** How a group's marks look, at the size of the screen's pixels. */
export interface MarkSet {
  /** Side of a mark's image in device pixels. */
  readonly side: number;
  readonly images: Readonly<Record<Group, { readonly solid: Canvas; readonly faint: Canvas }>>;
}

const PASSES = 16;
const REAL: ReadonlySet<Group> = new Set(['source', 'target']);

type Corner = readonly [number, number];

/** Corners in shares of the radius, sized so that all marks look equally heavy. */
const CORNERS: Record<Exclude<GroupStyle['symbol'], 'circle'>, readonly Corner[]> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  diamond: [
    [0, -1.2],
    [1.1, 0],
    [0, 1.2],
    [-1.1, 0],
  ],
  'triangle-up': [
    [0, -1.15],
    [1.1, 0.85],
    [-1.1, 0.85],
  ],
  // A plus with arms 0.7 wide, corner by corner.
  cross: [
    [-0.35, -1.1],
    [0.35, -1.1],
    [0.35, -0.35],
    [1.1, -0.35],
    [1.1, 0.35],
    [0.35, 0.35],
    [0.35, 1.1],
    [-0.35, 1.1],
    [-0.35, 0.35],
    [-1.1, 0.35],
    [-1.1, -0.35],
    [-0.35, -0.35],
  ],
};

/** A mark of diameter `d` about the origin, as an SVG path. */
export function markPath(symbol: GroupStyle['symbol'], d: number): string {
  const r = d / 2;
  if (symbol === 'circle') return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  return `M${CORNERS[symbol].map(([x, y]) => `${x * r} ${y * r}`).join('L')}Z`;
}

/** Draws one mark of diameter `d` about the context's origin: filled, or hollow where it is faint. */
export function drawMark(context: Context, style: GroupStyle, d: number, opacity = 1, hollow = false): void {
  const path = new Path2D(markPath(style.symbol, hollow ? 0.85 * d : d));
  context.globalAlpha = opacity;
  context.fillStyle = style.colour;
  context.strokeStyle = style.outline ?? style.colour;
  context.lineWidth = Math.max(1, d / 7);
  if (!hollow) context.fill(path);
  if (hollow || style.outline) context.stroke(path);
  context.globalAlpha = 1;
}

/** Side of a mark in CSS pixels: many points need small ones, few can be seen from the back row. */
export function markSize(content: MapContent): number {
  let total = 0;
  for (const points of Object.values(content.groups)) total += points.classes.length;
  if (total > 8000) return 4.5;
  return total > 2000 ? 6 : 8;
}

/** The images of all marks: `diameter` in CSS pixels, `ratio` device pixels to each of those. */
export function createMarks(
  styles: Readonly<Record<Group, GroupStyle>>,
  diameter: number,
  ratio: number,
  createCanvas: (side: number) => Canvas,
): MarkSet {
  const d = diameter * ratio;
  const side = Math.ceil(1.4 * d) + 2;
  const image = (style: GroupStyle, opacity: number, hollow: boolean) => {
    const canvas = createCanvas(side);
    const context = canvas.getContext('2d') as Context;
    context.translate(side / 2, side / 2);
    drawMark(context, style, d, opacity, hollow);
    return canvas;
  };
  const pair = (group: Group) => ({
    solid: image(styles[group], REAL.has(group) ? 0.6 : 0.85, false),
    faint: image(styles[group], REAL.has(group) ? 0.25 : 0.75, !REAL.has(group)),
  });
  return {
    side,
    images: { source: pair('source'), A: pair('A'), B: pair('B'), C: pair('C'), target: pair('target') },
  };
}

/** Everything that decides how one panel looks. */
export interface PanelScene {
  readonly content: MapContent;
  /** The class whose panel it is. */
  readonly k: number;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly marks: MarkSet;
  /** Side of the panel in device pixels. */
  readonly size: number;
}

/** Stamps every `PASSES`-th mark of a group, from `first` on. */
function stamp(context: Context, scene: PanelScene, group: Group, first: number): void {
  const points = scene.content.groups[group];
  if (!points || scene.hidden.has(group)) return;
  const { view, size, marks } = scene;
  const { solid, faint } = marks.images[group];
  const { coordinates, classes } = points;
  const scale = size / (2 * view.half);
  const left = (view.half - view.x) * scale - marks.side / 2;
  const top = (view.half + view.y) * scale - marks.side / 2;
  for (let i = first; i < classes.length; i += PASSES) {
    if (!inPanel(points, i, scene.k)) continue;
    const x = Math.round(left + coordinates[2 * i] * scale);
    const y = Math.round(top - coordinates[2 * i + 1] * scale);
    // Written so that a coordinate that is not a number is left out too.
    if (!(x > -marks.side && x < size && y > -marks.side && y < size)) continue;
    context.drawImage(isFaint(points, i) ? faint : solid, x, y);
  }
}

/** Groups take turns, so that none hides another merely by being drawn last. */
function stampGroups(context: Context, scene: PanelScene, real: boolean): void {
  const groups = DRAWING_ORDER.filter((group) => REAL.has(group) === real);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const group of groups) stamp(context, scene, group, pass);
  }
}

/** Paints one panel and keeps the picture of its real points between calls. */
export class PanelPainter {
  #real: Canvas | null = null;
  #painted: PanelScene | null = null;
  readonly #createCanvas: (side: number) => Canvas;

  constructor(createCanvas: (side: number) => Canvas) {
    this.#createCanvas = createCanvas;
  }

  /** Paints `scene` on a canvas of `scene.size` pixels a side. */
  paint(context: Context, scene: PanelScene): void {
    const real = this.#realPoints(scene);
    context.clearRect(0, 0, scene.size, scene.size);
    context.drawImage(real, 0, 0);
    stampGroups(context, scene, false);
  }

  #realPoints(scene: PanelScene): Canvas {
    const last = this.#painted;
    const same =
      last !== null &&
      last.k === scene.k &&
      last.size === scene.size &&
      last.view === scene.view &&
      last.marks === scene.marks &&
      last.hidden === scene.hidden &&
      last.content.groups.source === scene.content.groups.source &&
      last.content.groups.target === scene.content.groups.target;
    if (this.#real && same) return this.#real;
    if (!this.#real || this.#real.width !== scene.size) this.#real = this.#createCanvas(scene.size);
    const context = this.#real.getContext('2d') as Context;
    context.clearRect(0, 0, scene.size, scene.size);
    stampGroups(context, scene, true);
    this.#painted = scene;
    return this.#real;
  }
}
