import { describe, expect, it } from 'vitest';
import type { ContinuousLabels } from '../corpus/corpus.ts';
import type { FeatureShift } from '../corpus/shift.ts';
import { CLASS_SHARE_HEIGHT, classShareFigure } from './classShareFigure.ts';
import type { Figure } from './figure.ts';
import { chartTheme } from './palette.ts';
import { ratingBins, ratingsFigure } from './ratingsFigure.ts';
import { shiftFigure, shiftHeight, shortFeatureName } from './shiftFigure.ts';

interface Bar {
  readonly name: string;
  readonly x: readonly (number | string)[];
  readonly y: readonly number[];
  readonly width: number;
  readonly text: readonly string[];
  readonly hovertext: readonly string[];
}
const bars = ({ data }: Figure) => data as unknown as Bar[];

describe('the figure of shifts', () => {
  const means = { source: 0, target: 1 };
  const shift = (feature: string, d: number): FeatureShift => ({
    feature,
    d,
    varianceRatio: 2,
    ks: 0.5,
    means,
  });
  const shifts = [
    shift('pcm_fftMag_mfcc_sma[0]_quartile1', -7.75),
    shift('logMelFreqBand_sma[0]_amean', 4),
    shift('odd<name>', 0.5),
  ];
  const figure = shiftFigure(shifts, { theme: 'light', top: 2 });

  it('draws the first ones from the top, with a line at nought and the whole name on hover', () => {
    const [bar] = bars(figure);
    expect(bar).toMatchObject({ x: [-7.75, 4], y: [0, 1], text: ['−7.75', '+4.00'] });
    expect(bar.hovertext[0]).toContain('<b>pcm_fftMag_mfcc_sma[0]_quartile1</b>');
    expect(bar.hovertext[0]).toContain('distance 0.50');
    expect(figure.layout.xaxis).toMatchObject({ zeroline: true, range: [-7.75 * 1.4, 7.75 * 1.4] });
    expect(figure.layout.yaxis?.range).toEqual([1.5, -0.5]);
    expect(figure.layout.height).toBe(shiftHeight(shifts, 2));
    expect(shiftHeight(shifts)).toBeGreaterThan(shiftHeight(shifts, 2));
  });

  it('shortens names in the middle and writes them as they are, tags or not', () => {
    expect(shortFeatureName('logMelFreqBand_sma[0]_amean')).toBe('logMelFreqBand_sma[0]_amean');
    const short = shortFeatureName('pcm_fftMag_mfcc_sma_de[12]_percentile99.0');
    expect(short).toHaveLength(30);
    expect(short).toMatch(/^pcm_fftMag.*….*_percentile99\.0$/);
    const narrow = shiftFigure(shifts, { theme: 'light', narrow: true });
    expect(narrow.layout.yaxis?.ticktext?.[0]).toBe('pcm_fft…_quartile1');
    const [bar] = bars(shiftFigure(shifts.slice(2), { theme: 'dark' }));
    expect(bar.hovertext[0]).toContain('odd&lt;name&gt;');
  });

  it('holds for infinite shifts and for none', () => {
    const constant: FeatureShift = { feature: 'c', d: -Infinity, varianceRatio: null, ks: null, means };
    const infinite = shiftFigure([constant, shift('a', 2)], { theme: 'dark' });
    expect(bars(infinite)[0]).toMatchObject({ x: [-2, 2], text: ['−∞', '+2.00'] });
    expect(bars(infinite)[0].hovertext[0]).toBe('<b>c</b><br>constant in both, lower in the target');
    expect(shiftFigure([], { theme: 'light' }).layout.xaxis?.range).toEqual([0, 1.4]);
  });
});

describe('the figure of class shares', () => {
  const options = { theme: 'light', palette: 'paper' } as const;

  it('sets source beside target in percent of their labelled rows', () => {
    const figure = classShareFigure({ source: [1, 1, 2], target: [0, 30, 10] }, 'valence', options);
    expect(bars(figure)).toMatchObject([
      { name: 'Source', x: ['low', 'mid', 'high'], y: [25, 25, 50], text: ['25 %', '25 %', '50 %'] },
      { name: 'Target', y: [0, 75, 25] },
    ]);
    expect(bars(figure)[1].hovertext[1]).toBe('30 of 40 rows (75.0 %)');
    expect(figure.layout).toMatchObject({ barmode: 'group', height: CLASS_SHARE_HEIGHT });
  });

  it('says which corpus has no labels', () => {
    const figure = classShareFigure({ source: [1, 1, 2], target: null }, 'valence', options);
    expect(bars(figure).map(({ name }) => name)).toEqual(['Source']);
    expect(JSON.stringify(figure.layout.title)).toContain('no labels in the target');
    const empty = classShareFigure({ source: [0, 0, 0], target: null }, 'valence', options);
    expect(bars(empty)[0].y).toEqual([0, 0, 0]);
  });
});

describe('the figure of ratings', () => {
  const labels = (ratings: readonly number[], cuts: [number, number] = [2, 4]): ContinuousLabels => ({
    kind: 'continuous',
    column: 'EmoVal',
    ratings: Float32Array.from(ratings),
    cuts,
  });
  const figureOf = (given: ContinuousLabels) => ratingsFigure(given, { theme: 'light', title: 'valence' });

  it('counts every value in the colour of its class, and the classes in the legend', () => {
    const figure = figureOf(labels([1, 2, 2, 2.5, 4, 5.5, Number.NaN]));
    expect(bars(figure)).toMatchObject([
      { name: 'low 3', x: [1, 2, 2.5, 4, 5.5], y: [1, 2, 0, 0, 0] },
      { name: 'mid 1', y: [0, 0, 1, 0, 0] },
      { name: 'high 2', y: [0, 0, 0, 1, 1] },
    ]);
    expect(bars(figure)[0].width).toBeCloseTo(0.46);
    expect(JSON.stringify(figure.layout.title)).toContain('column EmoVal, 1 of 7 rows without');
    const colours = figure.data.map((trace) => (trace as { marker: { color: string } }).marker.color);
    expect(colours).toEqual(chartTheme('light').classes);
  });

  it('bins many values, each counted once, a bin that is cut in both colours', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i / 999);
    const figure = figureOf(labels(many, [0.31, 0.8]));
    const counted = bars(figure).map(({ y }) => y.reduce((a, b) => a + b));
    expect(counted).toEqual([310, 490, 200]);
    const [low, mid] = bars(figure);
    expect(low.x).toHaveLength(40);
    expect(low.y.findLastIndex((count) => count > 0)).toBe(mid.y.findIndex((count) => count > 0));
  });

  it('bins a few values, too, where two of them lie so close that a bar each would be too thin to see', () => {
    const figure = figureOf(labels([1, 2, 3, 4, 5, 4.0001]));
    expect(bars(figure)[0].x).toHaveLength(40);
    expect(bars(figure)[2].y.filter((count) => count > 0)).toEqual([2, 1]);
  });

  it('draws both cuts as lines, in sight wherever they are', () => {
    const { layout } = figureOf(labels([1, 2, 3], [-4, 9]));
    expect(layout.shapes).toMatchObject([
      { type: 'line', x0: -4, x1: -4 },
      { type: 'line', x0: 9, x1: 9 },
    ]);
    expect(layout.annotations?.map(({ text }) => text)).toEqual(['<b>low ≤ −4</b>', '<b>high ≥ 9</b>']);
    expect(layout.xaxis?.range).toEqual([-4, 9]);
    expect(figureOf(labels([1, 2, 3], [1.5, 4])).layout.xaxis?.range).toEqual([0, 4]);
  });

  it('holds without a rating, and for one value', () => {
    const empty = figureOf(labels([Number.NaN]));
    expect(bars(empty)[0]).toMatchObject({ name: 'low 0', x: [] });
    expect(empty.layout.xaxis?.range).toEqual([1, 5]);
    expect(bars(figureOf(labels([3, 3])))[1]).toMatchObject({ x: [3], y: [2] });
  });

  it('writes a column’s name as it is, tags or not', () => {
    const hostile = { ...labels([1, 2, 3]), column: '<a href="https://example.org">a & b</a>' };
    const { text } = figureOf(hostile).layout.title as { text: string };
    expect(text).toContain('column &lt;a href="https://example.org"&gt;a &amp; b&lt;/a&gt;');
    expect(text).not.toMatch(/<a\b/);
  });

  it('gives its numbers', () => {
    expect(ratingBins(labels([1, 3, 3, 5, Number.NaN], [2, 4]))).toMatchObject({
      at: [1, 3, 5],
      perValue: true,
      counts: [
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
    });
  });
});
