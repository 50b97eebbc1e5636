import { expect, it } from 'vitest';
import { FIDELITY_HEIGHT, fidelityFigure } from './fidelityFigure.ts';
import { groupStyles } from './palette.ts';

const distribution = {
  feature: 'loudness <amean>',
  edges: Float32Array.of(0, 1, 2),
  source: Float32Array.of(0.25, 0.75),
  target: Float32Array.of(1, 0),
  synthetic: Float32Array.of(0.5, 0.5),
  before: 0.6,
  after: 0.2,
};

it('draws the samples filled under the outlines of both corpora, each from nought to nought', () => {
  const style = { theme: 'light', palette: 'colour-blind' } as const;
  const { data, layout } = fidelityFigure(distribution, 'C', style);
  expect(data.map(({ name }) => name)).toEqual(['Type C', 'Source', 'Target']);
  const [made, source, target] = data as {
    x: number[];
    y: number[];
    fillcolor?: string;
    line: { color: string };
  }[];
  expect(source.y).toEqual([0, 25, 75, 0]);
  expect(target.y).toEqual([0, 100, 0, 0]);
  expect(source.x).toEqual([0, 0, 1, 2]);
  expect(source.y).toHaveLength(source.x.length);
  const colours = groupStyles('colour-blind', 'light');
  expect(made.fillcolor?.startsWith(colours.C.colour)).toBe(true);
  // Too pale to stand alone.
  expect(made.line.color).toBe(colours.C.outline);
  expect(layout.height).toBe(FIDELITY_HEIGHT);
});
