import { describe, expect, it } from 'vitest';
import { confusionFigure, rowShares } from './confusionFigure.ts';
import { sharesFigure } from './sharesFigure.ts';

describe('confusion', () => {
  it('divides each row by its sum, and leaves an empty row at zero', () => {
    expect(
      rowShares([
        [1, 3],
        [0, 0],
      ]),
    ).toEqual([
      [0.25, 0.75],
      [0, 0],
    ]);
  });

  it('puts truth down and predictions across, with counts and shares in the cells', () => {
    const figure = confusionFigure(
      'OA',
      [
        [8, 2, 0],
        [1, 1, 2],
        [0, 0, 0],
      ],
      { theme: 'light' },
    );
    expect(figure.data[0]).toMatchObject({
      type: 'heatmap',
      x: ['low', 'mid', 'high'],
      y: ['low', 'mid', 'high'],
      z: [
        [0.8, 0.2, 0],
        [0.25, 0.25, 0.5],
        [0, 0, 0],
      ],
      text: [
        ['8<br>80 %', '2<br>20 %', '0<br>0 %'],
        ['1<br>25 %', '1<br>25 %', '2<br>50 %'],
        ['0<br>0 %', '0<br>0 %', '0<br>0 %'],
      ],
    });
    // Heat maps count y upwards; a confusion matrix is read from the top.
    expect(figure.layout.yaxis?.autorange).toBe('reversed');
  });
});

describe('predicted shares', () => {
  it('stacks low, mid, high in percent, one bar a set', () => {
    const figure = sharesFigure(
      [
        { set: 'source-only', shares: [0.2, 0.5, 0.3] },
        { set: 'A', shares: [0.05, 0.35, 0.6] },
      ],
      { theme: 'dark' },
    );
    expect(figure.layout.barmode).toBe('stack');
    expect(figure.data).toMatchObject([
      { name: 'low', y: ['source-only', 'A'], x: [20, 5], text: ['20 %', ''] },
      { name: 'mid', x: [50, 35], text: ['50 %', '35 %'] },
      { name: 'high', x: [30, 60], text: ['30 %', '60 %'] },
    ]);
  });
});
