/**
 * One feature's distribution in both corpora and in the samples, over each other: the corpora as outlines, the samples
 * filled. From shares to a Plotly figure; knows no worker and no page.
 */
import type { Data } from 'plotly.js';
import type { FeatureDistribution, Fidelity } from '../diagnosis/reports.ts';
import { baseConfig, baseLayout, type Figure } from './figure.ts';
import {
  chartTheme,
  GROUP_LABELS,
  type Group,
  groupStyles,
  type PaletteName,
  type ThemeName,
} from './palette.ts';

export const FIDELITY_HEIGHT = 130;

/** Opacity of the samples' fill: outlines show through. */
const FILL = '59';

/** What a feature's distributions are drawn by. */
export interface FidelityStyle {
  readonly theme: ThemeName;
  readonly palette: PaletteName;
}

/** How each set is drawn: dashes tell the corpora apart where colours do not. */
const DASHES = { source: 'solid', target: 'dot' } as const;

/** The outline of a histogram: each share as a step between its edges, down to nought at both ends. */
function steps(edges: Float32Array, shares: Float32Array): { readonly x: number[]; readonly y: number[] } {
  return { x: [edges[0], ...edges], y: [0, ...shares, 0] };
}

/** The distributions of one feature; `type` is that of the samples. */
export function fidelityFigure(
  { feature, edges, source, target, synthetic }: FeatureDistribution,
  type: Fidelity['type'],
  { theme: name, palette }: FidelityStyle,
): Figure {
  const theme = chartTheme(name);
  const colours = groupStyles(palette, name);
  const trace = (group: Group, shares: Float32Array, look: Partial<Data>): Data => {
    const { x, y } = steps(edges, shares);
    return {
      type: 'scatter',
      mode: 'lines',
      name: GROUP_LABELS[group],
      x,
      y: y.map((share) => 100 * share),
      hovertemplate: `%{y:.0f} % of ${GROUP_LABELS[group]}<extra></extra>`,
      ...look,
    } as Data;
  };
  const outline = (group: 'source' | 'target') => ({
    line: { shape: 'vh', width: 2, color: colours[group].colour, dash: DASHES[group] } as const,
  });
  const { colour, outline: edge } = colours[type];
  const filled = {
    fill: 'tozeroy' as const,
    fillcolor: `${colour}${FILL}`,
    line: { shape: 'vh' as const, width: 1.5, color: edge ?? colour },
  };
  const axis = { fixedrange: true, zeroline: false, tickfont: { size: 11 } } as const;
  return {
    data: [
      trace(type, synthetic, filled),
      trace('source', source, outline('source')),
      trace('target', target, outline('target')),
    ],
    layout: {
      ...baseLayout(theme, `fidelity-${feature}`),
      height: FIDELITY_HEIGHT,
      margin: { l: 4, r: 4, t: 6, b: 22 },
      showlegend: false,
      hovermode: 'x',
      xaxis: { ...axis, showgrid: false, nticks: 4, linecolor: theme.axis, showline: true },
      yaxis: { ...axis, rangemode: 'tozero', showticklabels: false, showgrid: false },
    },
    config: { ...baseConfig(`fidelity-${type}-${feature}`), displayModeBar: false },
  };
}
