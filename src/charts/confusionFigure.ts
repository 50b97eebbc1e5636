/**
 * What a recogniser confuses: truth × prediction as a heat map, each row adding up to one. From counts to a
 * Plotly figure; knows nothing of recognisers or the page.
 */
import { CLASSES } from '../corpus/corpus.ts';
import type { SampleSet } from '../experiment/events.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { chartTheme, type ThemeName } from './palette.ts';

/** Each row divided by its sum; a row without utterances is all zero. */
export function rowShares(confusion: readonly (readonly number[])[]): number[][] {
  return confusion.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((n) => (sum > 0 ? n / sum : 0));
  });
}

/**
 * The confusion matrix of one sample set. `confusion[truth][prediction]` are counts, `[3, 3]`; sums or means
 * over seeds both do, means are shown rounded to whole utterances.
 */
export function confusionFigure(
  set: SampleSet,
  confusion: readonly (readonly number[])[],
  options: { readonly theme: ThemeName },
): Figure {
  const theme = chartTheme(options.theme);
  const shares = rowShares(confusion);
  const text = confusion.map((row, t) =>
    row.map((n, p) => `${Math.round(n)}<br>${Math.round(100 * shares[t][p])} %`),
  );
  const axis = {
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    ticks: '',
    tickfont: { size: 13 },
  } as const;
  return {
    data: [
      {
        type: 'heatmap',
        x: [...CLASSES],
        y: [...CLASSES],
        z: shares,
        text: text,
        texttemplate: '%{text}',
        textfont: { size: 13 },
        zmin: 0,
        zmax: 1,
        colorscale: theme.heat.map((colour, i): [number, string] => [i / 2, colour]),
        showscale: false,
        xgap: 2,
        ygap: 2,
        hovertemplate: 'truly %{y}, heard as %{x}: %{text}<extra></extra>',
      },
    ],
    layout: {
      ...baseLayout(theme, `confusion-${set}`),
      title: heading(set, theme),
      height: 250,
      margin: { l: 62, r: 8, t: 34, b: 48 },
      xaxis: { ...axis, title: { text: 'predicted', standoff: 6, font: { size: 13 } } },
      yaxis: { ...axis, autorange: 'reversed', title: { text: 'truth', standoff: 6, font: { size: 13 } } },
    },
    config: { ...baseConfig(`confusion-${set}`), modeBarButtons: [['toImage']] },
  };
}
