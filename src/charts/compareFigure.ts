/**
 * All figures of a comparison at a glance: a row each, every seed a dot, mean ± sd a bar, and the lines to read them
 * by. Knows no method and no page; the same numbers stand in the tables.
 */
import type { Data, Layout } from 'plotly.js';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { type ChartTheme, chartTheme, type ThemeName } from './palette.ts';

/** One figure, in percent. */
export interface ComparedRow {
  readonly label: string;
  /** Which of the groups it belongs to. */
  readonly group: number;
  readonly mean: number;
  readonly sd: number;
  /** One a seed, in the order of `seedNumbers`. */
  readonly seeds: readonly number[];
  readonly seedNumbers: readonly number[];
  readonly emphasised: boolean;
}

/** A vertical line to read the rows by, in percent. */
export interface Rail {
  readonly label: string;
  readonly value: number;
  readonly dash: 'dot' | 'dash' | 'solid';
}

export interface CompareContent {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly ComparedRow[];
  readonly groups: readonly string[];
  readonly rails: readonly Rail[];
}

const ROW = 26;
const RAIL_LABEL = 17;
/** The axis, and a legend of two lines where the page is narrow. */
const FOOT = 78;

/** Room above the rows for the heading and a line of text for each rail. */
const headOf = (rails: readonly Rail[]) => 34 + rails.length * RAIL_LABEL;

/** Height of the figure in CSS pixels. */
export const compareHeight = ({ rows, rails }: Pick<CompareContent, 'rows' | 'rails'>): number =>
  headOf(rails) + ROW * Math.max(rows.length, 1) + FOOT;

const percent = (value: number) => value.toFixed(1);

function groupTraces(content: CompareContent, group: number, theme: ChartTheme): Data[] {
  const own = content.rows.flatMap((row, at) => (row.group === group ? [{ ...row, at }] : []));
  if (own.length === 0) return [];
  const name = content.groups[group];
  const colour = theme.lines[group % theme.lines.length];
  // Keeps marks apart from the bar that they stand on.
  const edge = { width: 1, color: theme.surface };
  const spans: Data = {
    type: 'scatter',
    mode: 'lines',
    name,
    legendgroup: name,
    showlegend: false,
    hoverinfo: 'skip',
    // A gap after each bar keeps them apart.
    x: own.flatMap(({ mean, sd }) => [mean - sd, mean + sd, null]),
    y: own.flatMap(({ at }) => [at, at, null]),
    line: { color: colour, width: 2 },
    opacity: 0.65,
  };
  const seeds: Data = {
    type: 'scatter',
    mode: 'markers',
    name,
    legendgroup: name,
    showlegend: false,
    x: own.flatMap((row) => row.seeds),
    y: own.flatMap((row) => row.seeds.map(() => row.at)),
    text: own.flatMap((row) => row.seedNumbers.map((seed) => `${row.label}, seed ${seed}`)),
    hovertemplate: '%{text}: %{x:.1f} %<extra></extra>',
    marker: { color: colour, size: 8, opacity: 0.75, line: edge },
  };
  const means: Data = {
    type: 'scatter',
    mode: 'markers',
    name,
    legendgroup: name,
    x: own.map(({ mean }) => mean),
    y: own.map(({ at }) => at),
    text: own.map(
      (row) =>
        `<b>${row.label}</b>: ${percent(row.mean)} ± ${percent(row.sd)} % over ${row.seeds.length} ` +
        `${row.seeds.length === 1 ? 'seed' : 'seeds'}`,
    ),
    hovertemplate: '%{text}<extra></extra>',
    marker: { color: colour, symbol: 'diamond', size: 12, line: edge },
  };
  return [spans, seeds, means];
}

/** The rails' lines through all rows, each named on a line of its own above, so that near ones stay readable. */
function railLayout(
  { rails }: CompareContent,
  theme: ChartTheme,
): Required<Pick<Layout, 'shapes' | 'annotations'>> {
  const lifts = rails.map((_, i) => (rails.length - i) * RAIL_LABEL - RAIL_LABEL);
  return {
    shapes: rails.map(({ value, dash }, i) => ({
      type: 'line',
      layer: 'below',
      x0: value,
      x1: value,
      yref: 'paper',
      y0: 0,
      y1: 1,
      line: { color: theme.muted, width: i === 0 ? 1.5 : 2, dash },
    })),
    annotations: rails.map(({ label, value }, i) => ({
      x: value,
      y: 1,
      yref: 'paper',
      yanchor: 'bottom',
      yshift: lifts[i],
      showarrow: false,
      text: `${label} ${percent(value)}`,
      font: { size: 12, color: theme.muted },
    })),
  };
}

/** From the least to the greatest of what is shown, with some room beside. */
function range({ rows, rails }: CompareContent): [number, number] {
  const values = [
    ...rows.flatMap(({ seeds, mean, sd }) => [...seeds, mean - sd, mean + sd]),
    ...rails.map(({ value }) => value),
  ];
  if (values.length === 0) return [0, 100];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(2, 0.06 * (high - low));
  return [Math.max(0, low - room), Math.min(100, high + room)];
}

/** The figure of a comparison, the first row on top. */
export function compareFigure(content: CompareContent, options: { readonly theme: ThemeName }): Figure {
  const theme = chartTheme(options.theme);
  const { rows, groups, rails, title, note } = content;
  return {
    data: groups.flatMap((_, g) => groupTraces(content, g, theme)),
    layout: {
      ...baseLayout(theme, 'comparison'),
      ...railLayout(content, theme),
      title: heading(title, theme, note),
      height: compareHeight(content),
      margin: { l: 14, r: 14, t: headOf(rails), b: FOOT },
      hovermode: 'closest',
      legend: { orientation: 'h', x: 0, xref: 'container', y: 0, yref: 'container', yanchor: 'bottom' },
      xaxis: {
        range: range(content),
        fixedrange: true,
        ticksuffix: ' %',
        gridcolor: theme.grid,
        zeroline: false,
      },
      yaxis: {
        range: [Math.max(rows.length, 1) - 0.5, -0.5],
        automargin: true,
        fixedrange: true,
        tickmode: 'array',
        tickvals: rows.map((_, at) => at),
        ticktext: rows.map(({ label, emphasised }) => (emphasised ? `<b>${label}</b>` : label)),
        ticks: '',
        gridcolor: theme.grid,
        zeroline: false,
      },
    },
    config: { ...baseConfig('comparison'), modeBarButtons: [['toImage']] },
  };
}
