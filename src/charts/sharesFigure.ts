/**
 * What recognisers predict where nothing can be scored: the share of each class among the target's rows, as
 * one stacked bar a sample set. Knows nothing of recognisers or the page.
 */
import type { Data } from 'plotly.js';
import { CLASSES } from '../corpus/corpus.ts';
import type { SampleSet } from '../experiment/events.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { chartTheme, inkOn, type ThemeName } from './palette.ts';

/** Predicted shares of one sample set: `[low, mid, high]`, adding up to 1. */
export interface PredictedShares {
  readonly set: SampleSet;
  readonly shares: readonly number[];
}

const ROW = 34;

/** Stacked bars of predicted class shares, the first set on top. */
export function sharesFigure(
  rows: readonly PredictedShares[],
  options: { readonly theme: ThemeName },
): Figure {
  const theme = chartTheme(options.theme);
  const data: Data[] = CLASSES.map((name, k) => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: rows.map(({ set }) => set),
    x: rows.map(({ shares }) => 100 * shares[k]),
    // A sliver has no room for its figure; the hover tells it.
    text: rows.map(({ shares }) => (shares[k] >= 0.08 ? `${Math.round(100 * shares[k])} %` : '')),
    textposition: 'inside',
    insidetextanchor: 'middle',
    insidetextfont: { size: 13, color: inkOn(theme.classes[k]) },
    textangle: 0,
    marker: { color: theme.classes[k], line: { width: 1, color: theme.surface } },
    hovertemplate: `%{y}: %{x:.1f} % ${name}<extra></extra>`,
  }));
  return {
    data,
    layout: {
      ...baseLayout(theme, 'shares'),
      title: heading('Predicted classes', theme, 'share of the target’s utterances'),
      height: 100 + ROW * rows.length,
      margin: { l: 92, r: 10, t: 62, b: 36 },
      barmode: 'stack',
      bargap: 0.25,
      showlegend: true,
      legend: {
        orientation: 'h',
        traceorder: 'normal',
        x: 0,
        xanchor: 'left',
        y: 1,
        yanchor: 'bottom',
        font: { size: 13 },
      },
      xaxis: { fixedrange: true, range: [0, 100], ticksuffix: ' %', gridcolor: theme.grid, zeroline: false },
      yaxis: { fixedrange: true, autorange: 'reversed', type: 'category', ticks: '', tickfont: { size: 13 } },
    },
    config: { ...baseConfig('predicted-classes'), modeBarButtons: [['toImage']] },
  };
}
