import { describe, expect, it, vi } from 'vitest';
import type { MapContent } from './map.ts';
import { createMarks, markPath, markSize, PanelPainter, type PanelScene } from './paintMap.ts';
import { GROUPS, type Group, groupStyles } from './palette.ts';

vi.stubGlobal('Path2D', class {});

/** A canvas that only remembers which images were stamped on it. */
function recorder() {
  const stamps: { image: unknown; x: number; y: number }[] = [];
  const context = {
    stamps,
    drawImage: (image: unknown, x: number, y: number) => stamps.push({ image, x, y }),
    clearRect: () => stamps.splice(0),
    translate: () => {},
    fill: () => {},
    stroke: () => {},
  };
  return { width: 0, height: 0, stamps, context, getContext: () => context };
}

const createCanvas = (side: number) => {
  const canvas = recorder();
  canvas.width = side;
  canvas.height = side;
  return canvas as unknown as HTMLCanvasElement;
};

const stampsOf = (canvas: unknown) => (canvas as ReturnType<typeof recorder>).stamps;
const contextOf = (canvas: HTMLCanvasElement) => canvas.getContext('2d') as CanvasRenderingContext2D;

const points = (at: number[], classes: number[], offData?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  names: classes.map(String),
  ...(offData && { offData: Float32Array.from(offData) }),
});

const marks = createMarks(groupStyles('paper', 'light'), 4, 1, createCanvas);
const groups: MapContent['groups'] = {
  source: points([0, 0, 0.5, 0.5], [0, 1]),
  target: points([-0.5, -0.5], [-1]),
  A: points([0, 0.5, 0.5, 0, 9, 9, Number.NaN, 0], [0, 0, 0, 0], [1, 5, 1, 1]),
};

const scene = (change: Partial<PanelScene> = {}): PanelScene => ({
  content: { kind: 'umap', groups },
  k: 0,
  hidden: new Set<Group>(),
  view: { x: 0, y: 0, half: 1 },
  marks,
  size: 100,
  ...change,
});

describe('PanelPainter', () => {
  it('stamps synthetic marks of the panel over the picture of the real ones, hollow where far off', () => {
    const canvas = createCanvas(100);
    new PanelPainter(createCanvas).paint(contextOf(canvas), scene());
    const [real, ...synthetic] = stampsOf(canvas);
    const { solid, faint } = marks.images.A;
    const half = marks.side / 2;
    // The third lies outside the view, the fourth nowhere.
    expect(synthetic).toEqual([
      { image: solid, x: Math.round(50 - half), y: Math.round(25 - half) },
      { image: faint, x: Math.round(75 - half), y: Math.round(50 - half) },
    ]);
    expect(stampsOf(real.image).map(({ image }) => image)).toEqual([
      marks.images.target.faint,
      marks.images.source.solid,
    ]);
  });

  it('keeps the picture of the real points while only samples move, and renews it when it must', () => {
    const canvas = createCanvas(100);
    const made = vi.fn(createCanvas);
    const painter = new PanelPainter(made);
    const first = scene();
    painter.paint(contextOf(canvas), first);
    const real = stampsOf(canvas)[0].image;
    const drawn = [...stampsOf(real)];
    stampsOf(real).length = 0;
    const moved = { kind: 'umap' as const, groups: { ...groups, A: points([0.1, 0.1], [0]) } };
    painter.paint(contextOf(canvas), { ...first, content: moved });
    expect(stampsOf(real)).toEqual([]);
    expect(stampsOf(canvas)).toHaveLength(2);
    painter.paint(contextOf(canvas), { ...first, view: { x: 0, y: 0, half: 2 } });
    expect(stampsOf(real)).toHaveLength(drawn.length);
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('leaves hidden groups out', () => {
    const canvas = createCanvas(100);
    new PanelPainter(createCanvas).paint(
      contextOf(canvas),
      scene({ hidden: new Set(['A', 'target'] as const) }),
    );
    const [real, ...synthetic] = stampsOf(canvas);
    expect(synthetic).toEqual([]);
    expect(stampsOf(real.image)).toHaveLength(1);
  });
});

describe('marks', () => {
  it('shrink as points grow in number', () => {
    const content = (n: number): MapContent => ({
      kind: 'pca',
      groups: { source: { coordinates: new Float32Array(2 * n), classes: new Int8Array(n), names: [] } },
    });
    const sizes = [100, 5000, 20_000].map((n) => markSize(content(n)));
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
    expect(new Set(sizes).size).toBe(3);
  });

  it('have a different outline for each group of the colour-blind palette', () => {
    const styles = groupStyles('colour-blind', 'light');
    expect(new Set(GROUPS.map((group) => markPath(styles[group].symbol, 10))).size).toBe(5);
  });
});
