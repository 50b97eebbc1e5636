/**
 * The marks of the map: their shapes, and a small image of each that painters put where points lie. What a mark tells
 * (group, standing to the data, whether it was selected) is decided here alone. Takes any canvas; knows no page.
 */
import { isReal } from '../diagnosis/samples.ts';
import { type MapContent, STANDINGS, type Standing } from './map.ts';
import { GROUPS, type Group, type GroupStyle } from './palette.ts';

export type Canvas = HTMLCanvasElement | OffscreenCanvas;
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** `usual` where nothing is selected; else a point is in the `first` or the `second` selection, or `dimmed`. */
export const EMPHASES = ['usual', 'dimmed', 'first', 'second'] as const;
export type Emphasis = (typeof EMPHASES)[number];

/** How all marks look, at the size of the screen's pixels. */
export interface MarkSet {
  /** Side of a mark's image in device pixels. */
  readonly side: number;
  /** By `imageOf`: an image for every emphasis and standing. */
  readonly images: Readonly<Record<Group, readonly Canvas[]>>;
}

/** The place of a mark's image, by the places of its emphasis and standing in their lists. */
export const imageOf = (emphasis: number, standing: number) => emphasis * STANDINGS.length + standing;

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

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** A mark of diameter `d` about the origin, as an SVG path. */
export function markPath(symbol: GroupStyle['symbol'], d: number): string {
  const r = rounded(d / 2);
  if (symbol === 'circle') return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  return `M${CORNERS[symbol].map(([x, y]) => `${rounded(x * r)} ${rounded(y * r)}`).join('L')}Z`;
}

/** One stroke or filling of a mark; a mark is one or several, one above the other. */
export interface MarkPart {
  readonly path: string;
  /** Null where the part is not filled, or not stroked. */
  readonly fill: string | null;
  readonly stroke: string | null;
  /** Width of the stroke. */
  readonly width: number;
  /** Of the filling; strokes have that of the mark. */
  readonly filled: number;
}

/** A mark, to be drawn about the origin. */
export interface MarkFace {
  readonly opacity: number;
  readonly parts: readonly MarkPart[];
}

/** A mark is the paler the less it has to say. */
function opacityOf(group: Group, standing: Standing, emphasis: Emphasis): number {
  if (emphasis === 'first' || emphasis === 'second') return 1;
  const usual = standing === 'unlabelled' ? 0.25 : isReal(group) ? 0.6 : standing === 'on' ? 0.85 : 0.75;
  return emphasis === 'dimmed' ? 0.3 * usual : usual;
}

/** A selected mark stands in a circle, one of the second selection in a square: told apart without colour. */
const FRAMES: Partial<Record<Emphasis, GroupStyle['symbol']>> = { first: 'circle', second: 'square' };

/**
 * What a mark of diameter `d` looks like: filled on the data, a thick ring with a pale middle off it, a thin ring far off
 * it; `ink` frames what is selected.
 */
export function markFace(
  group: Group,
  style: GroupStyle,
  d: number,
  standing: Standing,
  emphasis: Emphasis,
  ink: string,
): MarkFace {
  const hollow = standing === 'off' || standing === 'far';
  const stroke = hollow || style.outline ? (style.outline ?? style.colour) : null;
  const width = rounded(Math.max(1, standing === 'off' ? d / 4.5 : d / 8));
  const mark = {
    path: markPath(style.symbol, standing === 'off' ? 0.8 * d : hollow ? 0.88 * d : d),
    fill: standing === 'far' ? null : style.colour,
    filled: standing === 'off' ? 0.3 : 1,
    stroke,
    width,
  };
  const symbol = FRAMES[emphasis];
  const frame = symbol && {
    path: markPath(symbol, 1.3 * d),
    fill: null,
    filled: 0,
    stroke: ink,
    width: rounded(Math.max(1, d / 7)),
  };
  return { opacity: opacityOf(group, standing, emphasis), parts: frame ? [mark, frame] : [mark] };
}

/** Draws a mark about the context's origin. */
export function drawMark(context: Context, { opacity, parts }: MarkFace): void {
  for (const { path, fill, filled, stroke, width } of parts) {
    const shape = new Path2D(path);
    if (fill) {
      context.globalAlpha = opacity * filled;
      context.fillStyle = fill;
      context.fill(shape);
    }
    if (stroke) {
      context.globalAlpha = opacity;
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.stroke(shape);
    }
  }
  context.globalAlpha = 1;
}

/** Points on the map, of all groups. */
function pointCount(content: MapContent): number {
  let total = 0;
  for (const points of Object.values(content.groups)) total += points.classes.length;
  return total;
}

/** Diameter of a mark in CSS pixels: many points need small ones, few can be seen from the back row. */
export function markSize(content: MapContent): number {
  const total = pointCount(content);
  if (total > 20_000) return 3.5;
  if (total > 8000) return 4.5;
  return total > 2000 ? 6 : 8;
}

/** The images of all marks: `diameter` in CSS pixels, `ratio` device pixels to each of those. */
export function createMarks(
  styles: Readonly<Record<Group, GroupStyle>>,
  diameter: number,
  ratio: number,
  ink: string,
  createCanvas: (side: number) => Canvas,
): MarkSet {
  const d = diameter * ratio;
  const side = Math.ceil(1.5 * d) + 2;
  const image = (group: Group, emphasis: Emphasis, standing: Standing) => {
    const canvas = createCanvas(side);
    const context = canvas.getContext('2d') as Context;
    context.translate(side / 2, side / 2);
    drawMark(context, markFace(group, styles[group], d, standing, emphasis, ink));
    return canvas;
  };
  const imagesOf = (group: Group) =>
    EMPHASES.flatMap((emphasis) => STANDINGS.map((standing) => image(group, emphasis, standing)));
  const images = Object.fromEntries(GROUPS.map((group) => [group, imagesOf(group)]));
  return { side, images: images as Record<Group, Canvas[]> };
}
