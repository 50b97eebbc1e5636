/**
 * The drawing of the map on the page: one canvas under all panels, painted through the shared scheduler, by WebGL 2 or,
 * where there is none, it is emulated, or it is taken away, by stamping images. Knows what is to be seen, not where it comes from.
 */
import type { MapContent, View } from '../../charts/map.ts';
import type { Lighting } from '../../charts/mapLighting.ts';
import type { MarkSet } from '../../charts/mapMarks.ts';
import { CanvasPainter, type MapPainter } from '../../charts/paintMap.ts';
import { GlPainter } from '../../charts/paintMapGl.ts';
import type { Group } from '../../charts/palette.ts';
import { createCanvas } from './canvas.ts';
import { OnScreen } from './onScreen.ts';

/** Where the panels are, in CSS pixels. */
export interface PanelPlaces {
  /** Size of what holds all panels. */
  readonly width: number;
  readonly height: number;
  /** Side of a panel, and the corner of each. */
  readonly size: number;
  readonly corners: readonly { readonly left: number; readonly top: number }[];
}

/** What is to be seen. */
export interface MapScene {
  readonly content: MapContent;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly marks: MarkSet;
  readonly lit: Lighting | null;
  readonly places: PanelPlaces;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
  /** Whether points glide to new places, as when time is travelled; else they jump. */
  readonly glide: boolean;
}

/** Milliseconds between two repaints while samples stream. */
const INTERVAL = 250;
/** Milliseconds that points are on their way, at most: a faster playback leaves them less. */
const GLIDE = 300;
/** Milliseconds of painting after which the panels left wait for the next frame. */
const BUDGET = 8;

/** Paints into `element`, which must be empty; lives as long as it does. */
export class MapDrawing extends OnScreen<HTMLElement> {
  #painter: MapPainter;
  #scene: MapScene | null = null;
  /** What was shown before the newest content, and when that came. */
  #from: MapContent | null = null;
  #since = Number.NEGATIVE_INFINITY;
  #duration = 0;
  /** Panels that do not show the newest state yet. */
  #pending = new Set<number>();
  #size = '';

  constructor(element: HTMLElement) {
    super(element);
    this.#painter = this.#choosePainter();
  }

  /** Shows another scene as soon as it may be drawn. */
  show(scene: MapScene): void {
    const last = this.#scene;
    this.#scene = scene;
    const renewed = last !== null && last.content !== scene.content;
    if (renewed) this.#depart(last.content, scene);
    // New samples can wait their turn; a drag, a toggle or a resize cannot.
    this.interval = renewed && !scene.glide ? INTERVAL : 0;
    this.#repaint();
  }

  protected override ready(): boolean {
    return this.#scene !== null && this.#scene.places.size > 0;
  }

  protected override paint(): void {
    if (this.#painter.busy) {
      this.invalidate();
      return;
    }
    const scene = this.#scene!;
    const start = performance.now();
    this.#fit(scene);
    const share = this.#duration > 0 ? Math.min(1, (start - this.#since) / this.#duration) : 1;
    const painted: number[] = [];
    for (const k of this.#pending) {
      this.#paintPanel(scene, k, share);
      this.#pending.delete(k);
      painted.push(k);
      if (performance.now() - start > BUDGET) break;
    }
    // On their way, panels take turns: those painted now stand last in the queue.
    if (share < 1) for (const k of painted) this.#pending.add(k);
    if (this.#pending.size === 0) return;
    this.invalidate();
    this.interval = 0;
  }

  override close(): void {
    super.close();
    this.#painter.close();
    this.element.replaceChildren();
  }

  #paintPanel(
    { content, hidden, view, marks, lit, places, ratio }: MapScene,
    k: number,
    share: number,
  ): void {
    const { left, top } = places.corners[k];
    this.#painter.paint({
      ...{ content, hidden, view, marks, lit, k, share },
      from: share < 1 ? this.#from : null,
      size: Math.round(places.size * ratio),
      left: Math.round(left * ratio),
      top: Math.round(top * ratio),
    });
  }

  #repaint(): void {
    this.#pending = new Set(this.#scene?.places.corners.keys());
    this.invalidate();
  }

  /** Points set out from where they were, where they may and can. */
  #depart(from: MapContent, { content, glide }: MapScene): void {
    const now = performance.now();
    const moves = glide && this.#painter.moves && from.kind === content.kind;
    this.#duration = moves ? Math.min(GLIDE, now - this.#since) : 0;
    this.#from = from;
    this.#since = now;
  }

  /** Gives the canvas the size of the page's box, which empties it. */
  #fit({ places, ratio }: MapScene): void {
    const width = Math.round(places.width * ratio);
    const height = Math.round(places.height * ratio);
    if (this.#size === `${width} ${height}`) return;
    this.#size = `${width} ${height}`;
    this.#painter.resize(width, height);
    this.#pending = new Set(places.corners.keys());
  }

  #choosePainter(): MapPainter {
    const canvas = this.#renewCanvas();
    // Emulated, its pictures are fetched on the page's thread, which is then held for longer than stamping takes.
    const painter = GlPainter.create(canvas, { emulated: false });
    if (!painter) return new CanvasPainter(this.#renewCanvas(), createCanvas);
    canvas.addEventListener('webglcontextlost', () => this.#fallBack(canvas), { once: true });
    return painter;
  }

  /** A context can be taken away at any time, as when the graphics driver starts anew. */
  #fallBack(lost: HTMLCanvasElement): void {
    if (!lost.isConnected) return;
    this.#painter = new CanvasPainter(this.#renewCanvas(), createCanvas);
    this.#size = '';
    this.interval = 0;
    this.#repaint();
  }

  /** Another canvas in the place of the last: a canvas keeps the kind of its first context. */
  #renewCanvas(): HTMLCanvasElement {
    const canvas = createCanvas(1);
    this.element.replaceChildren(canvas);
    return canvas;
  }
}
