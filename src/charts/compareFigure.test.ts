import { describe, expect, it } from 'vitest';
import { type CompareContent, compareFigure, compareHeight } from './compareFigure.ts';

const content: CompareContent = {
  title: 'UAR',
  note: 'two seeds',
  groups: ['Bounds', 'Controls'],
  rails: [
    { label: 'guessing', value: 33.3, dash: 'dot' },
    { label: 'source only', value: 45, dash: 'solid' },
  ],
  rows: [
    { label: 'Source only', group: 0, mean: 45, sd: 0, seeds: [45], seedNumbers: [1], emphasised: false },
    { label: 'Noise', group: 1, mean: 50, sd: 2, seeds: [48, 52], seedNumbers: [1, 2], emphasised: true },
  ],
};

const traces = (figure: ReturnType<typeof compareFigure>) =>
  figure.data as {
    name: string;
    x: (number | null)[];
    y: (number | null)[];
    mode: string;
    text?: string[];
  }[];

describe('the figure of a comparison', () => {
  const figure = compareFigure(content, { theme: 'light' });

  it('draws mean, spread and every seed of a row at its height, the first on top', () => {
    const noise = traces(figure).filter(({ name }) => name === 'Controls');
    const [span, seeds, mean] = noise;
    expect(span).toMatchObject({ mode: 'lines', x: [48, 52, null], y: [1, 1, null] });
    expect(seeds).toMatchObject({ x: [48, 52], y: [1, 1], text: ['Noise, seed 1', 'Noise, seed 2'] });
    expect(mean).toMatchObject({ x: [50], y: [1], text: ['<b>Noise</b>: 50.0 ± 2.0 % over 2 seeds'] });
    expect(figure.layout.yaxis).toMatchObject({
      range: [1.5, -0.5],
      ticktext: ['Source only', '<b>Noise</b>'],
    });
  });

  it('names every rail on a line of its own and keeps all of them in sight', () => {
    const annotations = figure.layout.annotations ?? [];
    expect(annotations.map(({ text }) => text)).toEqual(['guessing 33.3', 'source only 45.0']);
    expect(new Set(annotations.map(({ yshift }) => yshift)).size).toBe(2);
    const [low, high] = (figure.layout.xaxis?.range ?? []) as [number, number];
    expect(low).toBeLessThan(33.3);
    expect(high).toBeGreaterThan(52);
  });

  it('is as high as its rows need, and holds without any', () => {
    expect(figure.layout.height).toBe(compareHeight(content));
    const empty = { ...content, rows: [], rails: [] };
    expect(compareHeight(empty)).toBeLessThan(compareHeight(content));
    expect(compareFigure(empty, { theme: 'dark' }).layout.xaxis?.range).toEqual([0, 100]);
  });
});
