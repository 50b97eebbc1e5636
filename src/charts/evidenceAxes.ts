/** The axes that every chart over steps has: losses and evidence. Pure; knows no series and no page. */
import type { Layout } from 'plotly.js';
import type { ChartTheme } from './palette.ts';

/** Room around the plot of a compact chart, in CSS pixels: the page lays its own line over it. */
export const COMPACT_MARGIN = { l: 38, r: 12, t: 6, b: 20 } as const;

/** First and last of ascending steps, where a chart over them begins and ends; null where that is no stretch. */
export function stepRange(steps: readonly number[]): [number, number] | null {
  const first = steps[0];
  const last = steps.at(-1);
  return last !== undefined && last > first ? [first, last] : null;
}

/**
 * Ticks of a logarithmic axis over positive `values`: 1, 2, 5 times powers of ten, or the powers alone where
 * there are many. Plotly's own would label them "2" and "5" without saying of what.
 */
export function logTicks(values: readonly number[]): { tickvals: number[]; ticktext: string[] } {
  let least = Infinity;
  let most = 0;
  for (const value of values) {
    if (value > 0 && value < least) least = value;
    if (value > most && Number.isFinite(value)) most = value;
  }
  if (most === 0) return { tickvals: [], ticktext: [] };
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const powers = to - from > 2;
  const factors = powers ? [1] : [1, 2, 5];
  const every = powers ? Math.ceil((to - from) / 5) : 1;
  const tickvals: number[] = [];
  for (let power = from; power <= to; power += every) {
    for (const factor of factors) tickvals.push(Number(`${factor}e${power}`));
  }
  // As short as a small chart has room for.
  const text = (tick: number) =>
    tick >= 1e4 || tick < 1e-3 ? tick.toExponential().replace('+', '') : String(tick);
  return { tickvals, ticktext: tickvals.map(text) };
}

/** What both axes have in common. */
export const axisLook = (theme: ChartTheme) =>
  ({
    gridcolor: theme.grid,
    linecolor: theme.axis,
    zeroline: false,
    tickfont: { size: 12 },
    // Plotly's look-out for labels beyond the edge measures every label: a tenth of a redraw.
    ticklabeloverflow: 'allow',
  }) as const;

/** The axis of steps over a stretch, which lines of marks then cannot widen; null leaves it to the data. */
export function stepAxis(
  theme: ChartTheme,
  range: readonly [number, number] | null,
  compact: boolean,
): Layout['xaxis'] {
  return {
    ...axisLook(theme),
    ...(range && { range: [...range] }),
    showgrid: false,
    showline: true,
    // Slanted step numbers would eat the little height there is.
    ...(compact
      ? { nticks: 3, tickangle: 0 }
      : { nticks: 5, title: { text: 'step', standoff: 4, font: { size: 12, color: theme.muted } } }),
  };
}
