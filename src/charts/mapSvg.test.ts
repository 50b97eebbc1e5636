import { describe, expect, it } from 'vitest';
import type { MapContent } from './map.ts';
import type { MapFigure } from './mapSheet.ts';
import { MOST_MARKS, svgOf } from './mapSvg.ts';
import { chartTheme, type Group, groupStyles } from './palette.ts';

const points = (at: number[], classes: number[], offData?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  name: String,
  ...(offData && { offData: Float32Array.from(offData) }),
});

const groups: MapContent['groups'] = {
  target: points([-0.5, 0.5], [-1]),
  source: points([0, 0, 0.5, 0.5, 9, 9], [0, 1, 0]),
  B: points([0.5, -0.5], [2], [8]),
};

const figure = (change: Partial<MapFigure> = {}): MapFigure => ({
  content: { kind: 'umap', groups },
  hidden: new Set<Group>(),
  view: { x: 0, y: 0, half: 1 },
  lit: null,
  styles: groupStyles('colour-blind', 'light'),
  diameter: 8,
  theme: chartTheme('light'),
  heading: 'Activation <of> "R&D"',
  ...change,
});

const made = (change?: Partial<MapFigure>) => {
  const { svg } = svgOf(figure(change));
  if (svg === null) throw new Error('no picture');
  return svg;
};

/** Names of open tags, checking that each is closed by its own. */
function depthOf(svg: string): number {
  const open: string[] = [];
  for (const [, closing, name, itself] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!itself) open.push(name);
  }
  return open.length;
}

describe('svgOf', () => {
  it('is well-formed, with its text escaped', () => {
    const svg = made();
    expect(depthOf(svg)).toBe(0);
    expect(svg).toContain('<title>Activation &lt;of&gt; &quot;R&amp;D&quot;</title>');
  });

  it('has a panel for low, mid and high, and the legend from source to target', () => {
    const words = [...made().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).slice(1);
    expect(words).toEqual(['low', 'mid', 'high', 'Source', 'Type B', 'Target']);
  });

  it('draws every point of a panel that is in view once, at its place', () => {
    const marks = [...made().matchAll(/<use href="#([a-zA-Z]+)\d+" x="([\d.]+)" y="([\d.]+)"/g)];
    // The target carries no label and stands in all three panels; the third source point lies outside.
    expect(marks.map(([, name, x, y]) => [name, Number(x), Number(y)])).toEqual([
      ['target', 112.5, 112.5],
      ['source', 225, 225],
      ['target', 112.5, 112.5],
      ['source', 337.5, 112.5],
      ['target', 112.5, 112.5],
      ['B', 337.5, 337.5],
    ]);
  });

  it('defines the shapes that it uses, and no others', () => {
    const svg = made();
    const used = new Set([...svg.matchAll(/<use href="#(\w+)" x/g)].map(([, name]) => name));
    const defined = [...svg.matchAll(/<g id="(\w+)"/g)].map(([, name]) => name);
    expect(new Set(defined)).toEqual(used);
    expect(defined).toHaveLength(used.size);
  });

  it('leaves hidden groups out, of the legend too, and draws what is selected last', () => {
    expect(made({ hidden: new Set(['B'] as const) })).not.toContain('Type B');
    const lit = { target: Uint8Array.of(1), source: new Uint8Array(3), B: new Uint8Array(1) };
    const first = [...made({ lit }).matchAll(/<use href="#([a-zA-Z]+)\d+"/g)].map(([, name]) => name);
    expect(first.slice(0, 2)).toEqual(['source', 'target']);
  });

  it('refuses more marks than programs open, and says what to do', () => {
    const n = MOST_MARKS + 1;
    const many = { coordinates: new Float32Array(2 * n), classes: new Int8Array(n), name: String };
    const { svg, refusal } = svgOf(figure({ content: { kind: 'pca', groups: { source: many } } }));
    expect(svg).toBeNull();
    expect(refusal).toMatch(/10,001 marks.*at most 10,000.*PNG/);
  });
});
