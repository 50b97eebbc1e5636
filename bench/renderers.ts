/**
 * How long drawing the map takes: `npx tsx bench/renderers.ts [points …]`. Builds the page in `bench/renderers/`, opens it
 * in headless Chromium, a fresh page for every figure, and prints a Markdown table.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { launchOptions } from '../scripts/browser.ts';
import { median } from './harness.ts';

const RENDERERS = ['canvas', 'webgl', 'scattergl'] as const;
export type Renderer = (typeof RENDERERS)[number];

/** Times in ms. */
export interface Times {
  /** Script of one update of three panels: other samples, the same real points. */
  readonly script: readonly number[];
  /** From frame to frame while the map is dragged, and while samples move from one moment to another. */
  readonly panning: readonly number[];
  readonly moving: readonly number[];
}

const TURNS = 3;
const PORT = 4611;
/** Chromium without a graphics processor has no WebGL unless it is told to compute it in software. */
const SOFTWARE_GL = '--enable-unsafe-swiftshader';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, 'renderers');
const outDir = join(here, '../node_modules/.cache/renderers-page');

async function run(): Promise<void> {
  const totals = process.argv.slice(2).map(Number);
  const common = { root, configFile: false, logLevel: 'error' } as const;
  const output = { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000, target: 'es2023' };
  await build({ ...common, define: { global: 'globalThis' }, build: output });
  const server = await preview({ ...common, build: { outDir }, preview: { port: PORT, strictPort: true } });
  const options = launchOptions({ webgpu: false });
  const args = [...(options.args ?? []), SOFTWARE_GL];
  const browser = await chromium.launch({ ...options, args });
  try {
    const lines: string[] = [];
    let adapter = '';
    for (const total of totals.length > 0 ? totals : [10_000, 50_000]) {
      const figures = new Map<Renderer, Times[]>(RENDERERS.map((renderer) => [renderer, []]));
      for (let turn = 0; turn < TURNS; turn++) {
        for (const renderer of RENDERERS) {
          const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
          await page.goto(`http://localhost:${PORT}/`);
          adapter = await page.evaluate(() => window.adapter());
          const measured = await page.evaluate(([r, n]) => window.measure(r, n), [renderer, total] as const);
          figures.get(renderer)!.push(measured);
          await page.close();
        }
      }
      for (const [renderer, all] of figures) {
        const best = (of: (times: Times) => readonly number[]) =>
          Math.min(...all.map((times) => median(of(times)))).toFixed(1);
        const cells = [best((f) => f.script), best((f) => f.panning), best((f) => f.moving)];
        lines.push(`| ${total} | ${renderer} | ${cells.join(' | ')} |`);
      }
    }
    process.stdout.write(`WebGL by ${adapter}; the least of ${TURNS} medians, in ms\n\n`);
    process.stdout.write('| points | renderer | script of an update | frame, dragging | frame, moving |\n');
    process.stdout.write(`|---|---|---|---|---|\n${lines.join('\n')}\n`);
  } finally {
    await browser.close();
    await server.close();
  }
}

await run();
