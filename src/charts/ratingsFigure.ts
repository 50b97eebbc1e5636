/**
 * Where the ratings of a corpus lie and where they are cut into three classes: a histogram in the classes' colours with
 * a line at either cut. From ratings to a Plotly figure; knows no page. Whoever shows it lays handles over the lines:
 * Plotly's own could not be moved by keyboard, and would tell of a drag only at its end.
 */
import type { Data, Layout, Shape } from 'plotly.js';
import {
  CLASSES,
  type ContinuousLabels,
  classCounts,
  classIndices,
  countedRatings,
} from '../corpus/corpus.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { type ChartTheme, chartTheme, type ThemeName } from './palette.ts';

export const RATINGS_HEIGHT = 300;

/** Ratings are shown one by one where so few different ones occur, else in as many equal bins. */
const MOST_BINS = 40;
/** Bars would be too thin to see if more of them, gaps included, had to stand side by side. */
const MOST_PLACES = 160;

/** Bars of the histogram: where each stands, how wide all are, and how many ratings of each class it holds. */
export interface Histogram {
  /** The value that a bar is of, or its middle. */
  readonly at: readonly number[];
  readonly width: number;
  readonly counts: readonly (readonly number[])[];
  /** True where each bar is of one value. */
  readonly perValue: boolean;
}

/** Where ratings are counted. */
interface Bins {
  readonly at: readonly number[];
  readonly width: number;
  readonly binOf: (rating: number) => number;
}

/** A bin for each value; null where these are too many, or too close to each other. */
function binPerValue(ratings: Float32Array): Bins | null {
  const different = new Set(ratings);
  if (different.size > MOST_BINS) return null;
  const at = [...different].sort((a, b) => a - b);
  const width = at.reduce(
    (least, value, i) => (i === 0 ? least : Math.min(least, value - at[i - 1])),
    Infinity,
  );
  if (at.length > 1 && at[at.length - 1] - at[0] > MOST_PLACES * width) return null;
  return { at, width: at.length > 1 ? width : 1, binOf: (rating) => at.indexOf(rating) };
}

/** Bins of equal width from the least to the greatest rating, of which there are two at least. */
function equalBins(ratings: Float32Array): Bins {
  const low = ratings.reduce((least, rating) => Math.min(least, rating), Infinity);
  const high = ratings.reduce((most, rating) => Math.max(most, rating), -Infinity);
  const width = (high - low) / MOST_BINS;
  return {
    at: Array.from({ length: MOST_BINS }, (_, bin) => low + (bin + 0.5) * width),
    width,
    binOf: (rating) => Math.min(MOST_BINS - 1, Math.floor((rating - low) / width)),
  };
}

/** The histogram of ratings: `counts[class][bar]`. Ratings that are missing (NaN) are left out. */
export function ratingBins(labels: ContinuousLabels): Histogram {
  const ratings = countedRatings(labels);
  const classes = classIndices(labels);
  const finite = ratings.filter((rating) => Number.isFinite(rating));
  const single = binPerValue(finite);
  const { at, width, binOf } = single ?? equalBins(finite);
  const counts = CLASSES.map(() => new Array<number>(at.length).fill(0));
  ratings.forEach((rating, row) => {
    if (Number.isFinite(rating) && classes[row] >= 0) counts[classes[row]][binOf(rating)]++;
  });
  return { at, width, counts, perValue: single !== null };
}

const rounded = (rating: number) => String(Number(rating.toFixed(3))).replace('-', '−');

function bars({ at, width, counts }: Histogram, totals: readonly number[], theme: ChartTheme): Data[] {
  return CLASSES.map((name, k) => ({
    type: 'bar',
    name: `${name} ${totals[k]}`,
    x: [...at],
    y: [...counts[k]],
    width: 0.92 * width,
    hovertemplate: `%{x:.4~g}: %{y} rows, ${name}<extra></extra>`,
    marker: { color: theme.classes[k], line: { width: 1, color: theme.axis } },
  }));
}

/** The two lines, in the order of the cuts, and what each means. */
function cutLines(
  cuts: readonly [number, number],
  theme: ChartTheme,
): Required<Pick<Layout, 'shapes' | 'annotations'>> {
  const labels = [`low ≤ ${rounded(cuts[0])}`, `high ≥ ${rounded(cuts[1])}`];
  return {
    shapes: cuts.map(
      (cut): Partial<Shape> => ({
        type: 'line',
        layer: 'above',
        x0: cut,
        x1: cut,
        yref: 'paper',
        y0: 0,
        y1: 1,
        line: { color: theme.lines[1], width: 4 },
      }),
    ),
    annotations: cuts.map((cut, i) => ({
      x: cut,
      y: 1,
      yref: 'paper',
      yanchor: 'bottom',
      xanchor: i === 0 ? 'right' : 'left',
      showarrow: false,
      text: `<b>${labels[i]}</b>`,
      font: { size: 13, color: theme.text },
    })),
  };
}

/** The end of the vertical axis: some room above the highest bar. */
function topOf({ at, counts }: Histogram): number {
  return (
    1.08 * at.reduce((most, _, bin) => Math.max(most, counts[0][bin] + counts[1][bin] + counts[2][bin]), 1)
  );
}

/**
 * From a little below the ratings to a little above, and to the lines where these lie beyond: so that a line that is
 * moved to an end of the axis does not move the end.
 */
function range({ at, width }: Histogram, [low, high]: readonly [number, number]): [number, number] {
  if (at.length === 0) return [low - width, high + width];
  return [Math.min(at[0] - width, low), Math.max(at[at.length - 1] + width, high)];
}

/** The histogram of ratings under the present cuts. `title` says of what, e.g. `valence`. */
export function ratingsFigure(
  labels: ContinuousLabels,
  options: { readonly theme: ThemeName; readonly title: string },
): Figure {
  const theme = chartTheme(options.theme);
  const shown = ratingBins(labels);
  const top = topOf(shown);
  const missing = labels.ratings.reduce((sum, rating) => sum + (Number.isFinite(rating) ? 0 : 1), 0);
  const note = `column ${labels.column}${missing > 0 ? `, ${missing} of ${labels.ratings.length} rows without` : ''}`;
  return {
    data: bars(shown, classCounts(classIndices(labels)), theme),
    layout: {
      ...baseLayout(theme, 'ratings'),
      ...cutLines(labels.cuts, theme),
      title: heading(`Ratings of ${options.title}`, theme, note),
      height: RATINGS_HEIGHT,
      margin: { l: 56, r: 14, t: 58, b: 66 },
      barmode: 'stack',
      hovermode: 'closest',
      showlegend: true,
      legend: {
        orientation: 'h',
        traceorder: 'normal',
        x: 0,
        xref: 'container',
        y: 0,
        yref: 'container',
        yanchor: 'bottom',
        font: { size: 13 },
      },
      xaxis: { fixedrange: true, range: range(shown, labels.cuts), gridcolor: theme.grid, zeroline: false },
      yaxis: {
        fixedrange: true,
        range: [0, top],
        gridcolor: theme.grid,
        zeroline: false,
        title: { text: 'rows', standoff: 6, font: { size: 13 } },
      },
    },
    config: { ...baseConfig('ratings'), modeBarButtons: [['toImage']] },
  };
}
