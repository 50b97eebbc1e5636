/**
 * The page of `bench/renderers.ts`: draws a map of many points by one of the renderers and tells how long that took.
 * Points are simulated; what is measured is drawing alone.
 */
import type { MapContent, MapPoints, View } from '../../src/charts/map.ts';
import { createMarks, markSize } from '../../src/charts/mapMarks.ts';
import { CanvasPainter, type MapPainter } from '../../src/charts/paintMap.ts';
import { GlPainter } from '../../src/charts/paintMapGl.ts';
import { type Group, groupStyles } from '../../src/charts/palette.ts';
import { CLASS_COUNT } from '../../src/corpus/corpus.ts';
import { randomStream } from '../../src/corpus/random.ts';
import type { Renderer, Times } from '../renderers.ts';
import { plotlyPanels } from './plotly.ts';

/** Side of a panel in pixels, and how often each thing is done. */
const SIZE = 400;
const REPEATS = 30;
/** Of all points so many are real; the rest are of the three synthetic types. */
const REAL_SHARE = 0.8;

const random = randomStream(1, 'renderers');

function points(count: number): MapPoints {
  return {
    coordinates: Float32Array.from({ length: 2 * count }, () => random.normal()),
    classes: Int8Array.from({ length: count }, (_, i) => i % CLASS_COUNT),
    name: (i) => `utterance ${i}`,
    offData: Float32Array.from({ length: count }, () => 5 * random.uniform()),
  };
}

type Groups = Record<Group, MapPoints>;

const contentOf = (total: number): { kind: 'umap'; groups: Groups } => {
  const real = Math.round((total * REAL_SHARE) / 2);
  const synthetic = Math.round((total - 2 * real) / 3);
  const [source, target] = [points(real), points(real)];
  const [A, B, C] = [points(synthetic), points(synthetic), points(synthetic)];
  return { kind: 'umap', groups: { source, A, B, C, target } };
};

/** The same samples elsewhere, as another moment shows them. */
const moved = (content: { groups: Groups }): MapContent => {
  const shifted = ({ coordinates, ...rest }: MapPoints) => ({
    ...rest,
    coordinates: coordinates.map((x) => x + 0.1 * random.normal()),
  });
  const { A, B, C } = content.groups;
  return { kind: 'umap', groups: { ...content.groups, A: shifted(A), B: shifted(B), C: shifted(C) } };
};

/** Draws a moment of the map on the way from another, all three panels. */
export type Draw = (content: MapContent, from: MapContent | null, share: number, view: View) => void;

const createCanvas = (side: number) => {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  return canvas;
};

/** All panels on one canvas, painted as the studio does. */
function studioPanels(
  content: MapContent,
  painterOf: (canvas: HTMLCanvasElement) => MapPainter | null,
): Draw {
  const canvas = createCanvas(SIZE);
  document.getElementById('panels')!.append(canvas);
  const painter = painterOf(canvas);
  if (!painter) throw new Error('This browser has no WebGL 2.');
  painter.resize(CLASS_COUNT * SIZE, SIZE);
  const marks = createMarks(groupStyles('paper', 'light'), markSize(content), 1, '#000000', createCanvas);
  const same = { hidden: new Set<never>(), marks, lit: null, size: SIZE, top: 0 };
  return (shown, from, share, view) => {
    for (let k = 0; k < CLASS_COUNT; k++) {
      painter.paint({ ...same, content: shown, from, share, k, view, left: k * SIZE });
    }
  };
}

function drawBy(renderer: Renderer, content: MapContent): Draw {
  switch (renderer) {
    case 'scattergl':
      return plotlyPanels(SIZE);
    case 'canvas':
      return studioPanels(content, (canvas) => new CanvasPainter(canvas, createCanvas));
    case 'webgl':
      return studioPanels(content, (canvas) => GlPainter.create(canvas, { emulated: true }));
  }
}

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Milliseconds from frame to frame while something is drawn in each; the first are not counted. */
async function frameTimes(draw: (share: number) => void): Promise<number[]> {
  const times: number[] = [];
  let before = await frame();
  for (let i = 0; i < REPEATS + 3; i++) {
    draw(i / (REPEATS + 3));
    const now = await frame();
    if (i >= 3) times.push(now - before);
    before = now;
  }
  return times;
}

/** Measures a renderer with so many points on the map. */
async function measure(renderer: Renderer, total: number): Promise<Times> {
  const first = contentOf(total);
  const draw = drawBy(renderer, first);
  const view = { x: 0, y: 0, half: 4 };
  draw(first, null, 1, view);
  await frame();
  const scripts: number[] = [];
  for (let i = 0; i < REPEATS / 3; i++) {
    const next = moved(first);
    const start = performance.now();
    draw(next, null, 1, view);
    scripts.push(performance.now() - start);
    await frame();
    await frame();
  }
  const second = moved(first);
  const panning = await frameTimes((share) => draw(first, null, 1, { ...view, x: share }));
  const moving = await frameTimes((share) => draw(second, first, share, view));
  return { script: scripts, panning, moving };
}

declare global {
  interface Window {
    measure: typeof measure;
    adapter: () => string;
  }
}

window.measure = measure;
window.adapter = () => {
  const gl = createCanvas(1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info
    ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL))
    : 'what the browser does not tell';
};
