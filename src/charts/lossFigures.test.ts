import { describe, expect, it } from 'vitest';
import { lossTermsOf } from '../experiment/config.ts';
import { GAN_TERMS, LOSS_TERMS, PHASES } from '../experiment/events.ts';
import { presetConfig } from '../experiment/presets.ts';
import {
  COMPACT_LOSS_HEIGHT,
  LOSS_CHARTS,
  LOSS_HEIGHT,
  lossCells,
  lossChartLines,
  lossChartsOf,
  lossFigure,
} from './lossFigures.ts';

const series = (n: number, terms: Record<string, (i: number) => number>) => ({
  steps: Array.from({ length: n }, (_, i) => i + 1),
  terms: Object.fromEntries(
    Object.entries(terms).map(([term, at]) => [term, Array.from({ length: n }, (_, i) => at(i))]),
  ),
});

/** Traces as plain records: the union of all of Plotly's trace types has no common x. */
const traces = (figure: ReturnType<typeof lossFigure>) =>
  figure.data as unknown as {
    uid: string;
    name: string;
    x: number[];
    y: number[];
    line: { dash?: string };
  }[];

describe('loss charts', () => {
  it('show every unweighted term of a GAN step once', () => {
    const shown = lossChartsOf('gan').flatMap((chart) =>
      lossChartLines(chart, LOSS_TERMS).map(({ term }) => term),
    );
    const expected = GAN_TERMS.filter((term) => !term.endsWith('Total'));
    expect([...shown].sort()).toEqual([...expected].sort());
  });

  it('are those of the method, each with its lines', () => {
    const cells = (method: 'ccemogan' | 'cyclegan' | 'cyemogan' | 'cycada' | 'dann') => {
      const config = { ...presetConfig('quick', 'valence', 1), method };
      return Object.fromEntries(
        lossCells(PHASES, lossTermsOf(config)).map(({ chart, lines }) => [chart, lines.map((l) => l.term)]),
      );
    };
    expect(cells('ccemogan').emotion).toEqual(['conditionalEmotion', 'randomConditionalEmotion']);
    expect(Object.keys(cells('ccemogan'))).toHaveLength(7);
    expect(Object.keys(cells('cyclegan'))).toEqual([
      'pretraining',
      'adversarial',
      'identity',
      'cycle',
      'penalty',
    ]);
    expect(cells('cyemogan').emotion).toEqual(['semanticConsistency', 'classifierTask']);
    expect(cells('cycada')).toMatchObject({
      emotion: ['semanticConsistency'],
      adaptation: ['emotion', 'domain'],
    });
    expect(Object.keys(cells('dann'))).toEqual(['adaptation']);
  });

  it('belong to one phase each', () => {
    expect(PHASES.flatMap((phase) => [...lossChartsOf(phase)]).sort()).toEqual([...LOSS_CHARTS].sort());
  });

  it('name the discriminator that each generator fools, and draw discriminators dashed', () => {
    const data = series(3, {
      adversarialST: () => 1,
      adversarialTS: () => 2,
      adversarialS: () => 3,
      adversarialT: () => 4,
    });
    const lines = traces(lossFigure('adversarial', data, { theme: 'light' })).filter((t) => t.x.length > 0);
    expect(lines.map(({ name, y, line }) => [name, y[0], line.dash])).toEqual([
      ['G<sub>ST</sub> fools D<sub>T</sub>', 1, 'solid'],
      ['G<sub>TS</sub> fools D<sub>S</sub>', 2, 'solid'],
      ['D<sub>T</sub>', 4, 'dash'],
      ['D<sub>S</sub>', 3, 'dash'],
    ]);
  });

  it('keep a colour for its term where another term is missing', () => {
    const both = lossFigure('penalty', series(2, { gradientPenaltyS: () => 1, gradientPenaltyT: () => 1 }), {
      theme: 'dark',
    });
    const one = lossFigure('penalty', series(2, { gradientPenaltyT: () => 1 }), { theme: 'dark' });
    expect(traces(one).at(-1)).toEqual(traces(both).at(-1));
    expect(one.data.length).toBeLessThan(both.data.length);
  });

  it('lay a running mean over many noisy values, and thin both', () => {
    const noisy = series(5000, { cycle: (i) => 1 + (i % 2) });
    const [raw, mean] = traces(lossFigure('cycle', noisy, { theme: 'light', maxPoints: 100 }));
    expect(raw.x.length).toBeLessThanOrEqual(100);
    expect(mean.x.length).toBeLessThanOrEqual(100);
    expect(Math.max(...raw.y) - Math.min(...raw.y)).toBe(1);
    const late = mean.y.slice(20);
    expect(Math.max(...late) - Math.min(...late)).toBeLessThan(0.05);
  });

  it('go logarithmic with ticks that say their value', () => {
    const figure = lossFigure('identity', series(3, { identity: (i) => 0.03 * 10 ** i }), {
      theme: 'light',
      logScale: true,
    });
    expect(figure.layout.yaxis?.type).toBe('log');
    expect(figure.layout.yaxis?.ticktext).toEqual(['0.01', '0.1', '1', '10']);
  });

  it('stay linear, and say so, where a value is not positive', () => {
    const critic = series(3, { adversarialST: (i) => i - 1 });
    const figure = lossFigure('adversarial', critic, { theme: 'light', logScale: true });
    expect(figure.layout.yaxis?.type).toBe('linear');
    expect(JSON.stringify(figure.layout.title)).toContain('≤ 0');
  });

  it('mark the best checkpoint, and only where there is one', () => {
    const data = series(3, { cycle: () => 1 });
    expect(lossFigure('cycle', data, { theme: 'light', bestStep: 2 }).layout.shapes).toMatchObject([
      { type: 'line', x0: 2, x1: 2 },
    ]);
    expect(lossFigure('cycle', data, { theme: 'light' }).layout.shapes).toEqual([]);
  });

  it('keep their size and zoom whatever the data', () => {
    const empty = lossFigure('cycle', { steps: [], terms: {} }, { theme: 'light' });
    const full = lossFigure('cycle', series(500, { cycle: () => 1 }), { theme: 'light' });
    expect(empty.layout.height).toBe(LOSS_HEIGHT);
    expect(full.layout.height).toBe(LOSS_HEIGHT);
    expect(full.layout.uirevision).toBe(empty.layout.uirevision);
    const compact = lossFigure('cycle', { steps: [], terms: {} }, { theme: 'light', compact: true });
    expect(compact.layout.height).toBe(COMPACT_LOSS_HEIGHT);
  });
});
