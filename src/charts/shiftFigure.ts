/**
 * Which features differ most between two corpora: a bar each from nought to its standardised difference. From data to
 * a Plotly figure; knows no corpus and no page.
 */
import type { Data } from 'plotly.js';
import type { FeatureShift } from '../corpus/shift.ts';
import { baseConfig, baseLayout, type Figure, heading, plain } from './figure.ts';
import { chartTheme, type ThemeName } from './palette.ts';

const ROW = 26;
const HEAD = 40;
const FOOT = 58;
const MOST_FEATURES = 20;
/**
 * Characters of a name that have room beside the bars, and those kept of a long name's end: the functional, which tells
 * most of its neighbours apart. With these, what stands under the axis, and by how much the axis exceeds the longest
 * bar, so that there is room for its figure.
 */
const WIDE = {
  longest: 30,
  tail: 16,
  reach: 1.4,
  axis: 'target lower  ←  standard deviations  →  target higher',
};
/** The same on a telephone. */
const NARROW = { longest: 18, tail: 10, reach: 2.2, axis: 'lower  ←  target  →  higher' };

/** Height of the figure in CSS pixels. */
export const shiftHeight = (shifts: readonly FeatureShift[], top = MOST_FEATURES): number =>
  HEAD + ROW * Math.max(1, Math.min(shifts.length, top)) + FOOT;

/** A feature's name with its middle left out where it is long. */
export function shortFeatureName(
  name: string,
  { longest, tail }: { readonly longest: number; readonly tail: number } = WIDE,
): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - tail - 1)}…${name.slice(-tail)}`;
}

/** Two decimals, or one from ten on; signed, with a minus that is as wide as the plus. */
export function signed(d: number): string {
  const size = Number.isFinite(d) ? Math.abs(d).toFixed(Math.abs(d) < 10 ? 2 : 1) : '∞';
  return `${d < 0 ? '−' : '+'}${size}`;
}

function hover({ feature, d, varianceRatio, ks }: FeatureShift): string {
  const lines = [`<b>${plain(feature)}</b>`];
  if (Number.isFinite(d)) lines.push(`target ${signed(d)} standard deviations from the source`);
  else lines.push(`constant in both, ${d < 0 ? 'lower' : 'higher'} in the target`);
  if (varianceRatio !== null) lines.push(`variance × ${Number(varianceRatio.toPrecision(3))}`);
  if (ks !== null) lines.push(`Kolmogorov–Smirnov distance ${ks.toFixed(2)}`);
  return lines.join('<br>');
}

/**
 * The strongest shifts, the first on top. `shifts` are as `featureShifts` sorts them; `top` is how many are shown;
 * `narrow` is for a chart of under 500 pixels.
 */
export function shiftFigure(
  shifts: readonly FeatureShift[],
  options: { readonly theme: ThemeName; readonly top?: number; readonly narrow?: boolean },
): Figure {
  const theme = chartTheme(options.theme);
  const room = options.narrow ? NARROW : WIDE;
  const { top = MOST_FEATURES } = options;
  const shown = shifts.slice(0, top);
  const finite = shown.map(({ d }) => Math.abs(d)).filter(Number.isFinite);
  // Room for the figures beyond the ends of the bars; what is infinite is drawn as long as the longest.
  const longest = Math.max(1, ...finite);
  const reach = room.reach * longest;
  const negative = shown.some(({ d }) => d < 0);
  const positive = shown.some(({ d }) => d > 0) || !negative;
  const rows = shown.map((_, at) => at);
  const bars: Data = {
    type: 'bar',
    orientation: 'h',
    y: rows,
    x: shown.map(({ d }) => (Number.isFinite(d) ? d : Math.sign(d) * longest)),
    text: shown.map(({ d }) => signed(d)),
    textposition: 'outside',
    textfont: { size: 13, color: theme.text },
    cliponaxis: false,
    hovertext: shown.map(hover),
    hovertemplate: '%{hovertext}<extra></extra>',
    marker: { color: shown.map(({ d }) => theme.lines[d < 0 ? 1 : 0]) },
  };
  return {
    data: [bars],
    layout: {
      ...baseLayout(theme, 'shift'),
      title: heading('Largest shifts', theme, `${shown.length} of ${shifts.length} features`),
      height: shiftHeight(shifts, top),
      margin: { l: 14, r: 14, t: HEAD, b: FOOT },
      bargap: 0.3,
      showlegend: false,
      hovermode: 'closest',
      xaxis: {
        range: [negative ? -reach : 0, positive ? reach : 0],
        fixedrange: true,
        gridcolor: theme.grid,
        zeroline: true,
        zerolinecolor: theme.text,
        zerolinewidth: 2,
        tickfont: { size: 13 },
        title: {
          text: room.axis,
          standoff: 8,
          font: { size: 13, color: theme.muted },
        },
      },
      yaxis: {
        range: [Math.max(shown.length, 1) - 0.5, -0.5],
        automargin: true,
        fixedrange: true,
        tickmode: 'array',
        tickvals: rows,
        ticktext: shown.map(({ feature }) => plain(shortFeatureName(feature, room))),
        tickfont: { size: 13 },
        // Unseen: they keep the names off the bars.
        ticks: 'outside',
        ticklen: 6,
        tickcolor: 'rgba(0,0,0,0)',
        showgrid: false,
        zeroline: false,
      },
    },
    config: { ...baseConfig('feature-shift'), modeBarButtons: [['toImage']] },
  };
}
