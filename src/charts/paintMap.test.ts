import { describe, expect, it, vi } from 'vitest';
import type { MapContent } from './map.ts';
import { createMarks, imageOf, markFace, markPath, markSize } from './mapMarks.ts';
import { CanvasPainter, type PanelScene } from './paintMap.ts';
import { GROUPS, type Group, groupStyles } from './palette.ts';

vi.stubGlobal('Path2D', class {});

/** A canvas that only remembers which images were stamped on it. */
function recorder() {
  const stamps: { image: unknown; x: number; y: number }[] = [];
  const ignored = Object.fromEntries(
    ['translate', 'fill', 'stroke', 'save', 'restore', 'beginPath', 'rect', 'clip'].map((name) => [
      name,
      vi.fn(),
    ]),
  );
  const context = {
    ...ignored,
    stamps,
    drawImage: (image: unknown, x: number, y: number) => stamps.push({ image, x, y }),
    clearRect: () => stamps.splice(0),
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

const points = (at: number[], classes: number[], offData?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  name: String,
  ...(offData && { offData: Float32Array.from(offData) }),
});

const marks = createMarks(groupStyles('paper', 'light'), 4, 1, '#000000', createCanvas);
const [ON, OFF, FAR, UNLABELLED] = [0, 1, 2, 3];
const [USUAL, DIMMED, FIRST] = [0, 1, 2];
const image = (group: Group, emphasis: number, standing: number) =>
  marks.images[group][imageOf(emphasis, standing)];

const groups: MapContent['groups'] = {
  source: points([0, 0, 0.5, 0.5], [0, 1]),
  target: points([-0.5, -0.5], [-1]),
  A: points([0, 0.5, 0.5, 0, 0.5, 0.5, 9, 9, Number.NaN, 0], [0, 0, 0, 0, 0], [1, 3, 5, 1, 1]),
};

const scene = (change: Partial<PanelScene> = {}): PanelScene => ({
  content: { kind: 'umap', groups },
  from: null,
  share: 1,
  k: 0,
  hidden: new Set<Group>(),
  view: { x: 0, y: 0, half: 1 },
  marks,
  lit: null,
  size: 100,
  left: 0,
  top: 0,
  ...change,
});

describe('CanvasPainter', () => {
  it('stamps synthetic marks over the picture of the real ones, by how far off the data they lie', () => {
    const canvas = createCanvas(100);
    new CanvasPainter(canvas, createCanvas).paint(scene());
    const [real, ...synthetic] = stampsOf(canvas);
    const half = marks.side / 2;
    // The fourth lies outside the view, the fifth nowhere.
    expect(synthetic).toEqual([
      { image: image('A', USUAL, ON), x: Math.round(50 - half), y: Math.round(25 - half) },
      { image: image('A', USUAL, OFF), x: Math.round(75 - half), y: Math.round(50 - half) },
      { image: image('A', USUAL, FAR), x: Math.round(75 - half), y: Math.round(25 - half) },
    ]);
    expect(stampsOf(real.image).map(({ image: of }) => of)).toEqual([
      image('target', USUAL, UNLABELLED),
      image('source', USUAL, ON),
    ]);
  });

  it('keeps the picture of the real points while only samples move, and renews it when it must', () => {
    const canvas = createCanvas(100);
    const made = vi.fn(createCanvas);
    const painter = new CanvasPainter(canvas, made);
    const first = scene();
    painter.paint(first);
    const real = stampsOf(canvas)[0].image;
    const drawn = [...stampsOf(real)];
    stampsOf(real).length = 0;
    const moved = { kind: 'umap' as const, groups: { ...groups, A: points([0.1, 0.1], [0]) } };
    painter.paint({ ...first, content: moved });
    expect(stampsOf(real)).toEqual([]);
    expect(stampsOf(canvas)).toHaveLength(2);
    painter.paint({ ...first, view: { x: 0, y: 0, half: 2 } });
    expect(stampsOf(real)).toHaveLength(drawn.length);
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('leaves hidden groups out', () => {
    const canvas = createCanvas(100);
    new CanvasPainter(canvas, createCanvas).paint(scene({ hidden: new Set(['A', 'target'] as const) }));
    const [real, ...synthetic] = stampsOf(canvas);
    expect(synthetic).toEqual([]);
    expect(stampsOf(real.image)).toHaveLength(1);
  });

  it('draws what is selected last, in its frame, and dims the rest', () => {
    const canvas = createCanvas(100);
    const lit = { source: Uint8Array.of(1, 0), target: new Uint8Array(1), A: Uint8Array.of(0, 0, 2, 0, 0) };
    new CanvasPainter(canvas, createCanvas).paint(scene({ lit }));
    const [real, ...above] = stampsOf(canvas);
    expect(stampsOf(real.image).map(({ image: of }) => of)).toEqual([image('target', DIMMED, UNLABELLED)]);
    expect(above.map(({ image: of }) => of)).toEqual([
      image('A', DIMMED, ON),
      image('A', DIMMED, OFF),
      image('source', FIRST, ON),
      image('A', FIRST + 1, FAR),
    ]);
  });
});

describe('marks', () => {
  it('shrink as points grow in number', () => {
    const content = (n: number): MapContent => ({
      kind: 'pca',
      groups: { source: { coordinates: new Float32Array(2 * n), classes: new Int8Array(n), name: String } },
    });
    const sizes = [100, 3000, 10_000, 50_000].map((n) => markSize(content(n)));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBe(4);
  });

  it('have paths that differ for each shape', () => {
    const styles = groupStyles('colour-blind', 'light');
    const paths = new Set(GROUPS.map((group) => markPath(styles[group].symbol, 10)));
    expect(paths.size).toBe(GROUPS.length);
    for (const path of paths) expect(path).toMatch(/^M.*Z$/);
  });

  it('are the hollower the farther off the data, and framed where selected, round first and square second', () => {
    const style = groupStyles('colour-blind', 'light').B;
    const face = (standing: 'on' | 'off' | 'far', emphasis: 'usual' | 'first' | 'second') =>
      markFace('B', style, 10, standing, emphasis, '#123456');
    const filling = (['on', 'off', 'far'] as const).map((standing) => {
      const [{ fill, filled }] = face(standing, 'usual').parts;
      return fill ? filled : 0;
    });
    expect(filling).toEqual([...filling].sort((a, b) => b - a));
    expect(new Set(filling).size).toBe(3);
    const frames = (['first', 'second'] as const).map((emphasis) => face('on', emphasis).parts[1]);
    expect(frames[0].stroke).toBe('#123456');
    expect(frames[0].path).not.toBe(frames[1].path);
    expect(face('on', 'usual').parts).toHaveLength(1);
  });
});
