/**
 * Where the ratings of a corpus lie and where they are cut into three classes: a histogram in the classes' colours with
 * two lines that can be dragged. From ratings to a Plotly figure, and from what Plotly tells of a drag to cuts. Knows no
 * page; whoever shows it offers the two numbers as inputs too, as lines cannot be moved by keyboard.
 */
import type { Data, Layout, Shape } from 'plotly.js';
import { CLASSES, type ContinuousLabels, classCounts, classIndices } from '../corpus/corpus.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { type ChartTheme, chartTheme, type ThemeName } from './palette.ts';

export const RATINGS_HEIGHT = 300;

/** Ratings are shown one by one where so few different ones occur, else in as many equal bins. */
const MOST_BINS = 40;
/** Bars would be too thin to see if more of them, gaps included, had to stand side by side. */
const MOST_PLACES = 160;

/** Bars of the histogram: where each stands, how wide all are, and how many ratings of each class it holds. */
interface Histogram {
  readonly at: readonly number[];
  readonly width: number;
  readonly counts: readonly (readonly number[])[];
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

function histogram(ratings: Float32Array, classes: Int8Array): Histogram {
  const finite = ratings.filter((rating) => Number.isFinite(rating));
  const { at, width, binOf } = binPerValue(finite) ?? equalBins(finite);
  const counts = CLASSES.map(() => new Array<number>(at.length).fill(0));
  ratings.forEach((rating, row) => {
    if (Number.isFinite(rating) && classes[row] >= 0) counts[classes[row]][binOf(rating)]++;
  });
  return { at, width, counts };
}

const rounded = (rating: number) => String(Number(rating.toFixed(3))).replace('-', '−');

function bars({ at, width, counts }: Histogram, totals: readonly number[], theme: ChartTheme): Data[] {
  const all = Math.max(1, totals[0] + totals[1] + totals[2]);
  return CLASSES.map((name, k) => ({
    type: 'bar',
    name: `${name} ${totals[k]} (${Math.round((100 * totals[k]) / all)} %)`,
    x: [...at],
    y: [...counts[k]],
    width: 0.92 * width,
    hovertemplate: `%{x:.4~g}: %{y} rows, ${name}<extra></extra>`,
    marker: { color: theme.classes[k], line: { width: 1, color: theme.axis } },
  }));
}

/**
 * The two lines, in the order of the cuts, and what each means. They reach far beyond the axis, whose end is at `top`:
 * then they can neither be grabbed by an end and slanted, nor be pulled out of sight.
 */
function cutLines(
  cuts: readonly [number, number],
  top: number,
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
        yref: 'y',
        y0: -20 * top,
        y1: 20 * top,
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

/** From a little below what is shown, lines included, to a little above. */
function range({ at, width }: Histogram, cuts: readonly [number, number]): [number, number] {
  const shown = [...at, ...cuts];
  return [Math.min(...shown) - width, Math.max(...shown) + width];
}

/** The histogram of ratings under the present cuts. `title` says of what, e.g. `valence`. */
export function ratingsFigure(
  labels: ContinuousLabels,
  options: { readonly theme: ThemeName; readonly title: string },
): Figure {
  const theme = chartTheme(options.theme);
  const classes = classIndices(labels);
  const shown = histogram(labels.ratings, classes);
  const top = topOf(shown);
  const missing = labels.ratings.reduce((sum, rating) => sum + (Number.isFinite(rating) ? 0 : 1), 0);
  const note = `column ${labels.column}${missing > 0 ? `, ${missing} of ${labels.ratings.length} rows without` : ''}`;
  return {
    data: bars(shown, classCounts(classes), theme),
    layout: {
      ...baseLayout(theme, 'ratings'),
      ...cutLines(labels.cuts, top, theme),
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
    config: {
      ...baseConfig('ratings'),
      modeBarButtons: [['toImage']],
      // Both lines can be dragged, and nothing else.
      edits: { shapePosition: true },
    },
  };
}

/**
 * The cuts after a line was dragged, from what Plotly tells of it (`plotly_relayout`); null where the event is of
 * something else. The lower of two lines that were dragged past each other is the lower cut. Plotly moves the lines of
 * the figure that it was given, so a new one is to be made of the cuts, whether or not they are taken.
 */
export function draggedCuts(
  event: Readonly<Record<string, unknown>>,
  cuts: readonly [number, number],
): [number, number] | null {
  const moved = cuts.map((_, line) => {
    const place = event[`shapes[${line}].x0`];
    return typeof place === 'number' && Number.isFinite(place) ? place : null;
  });
  if (moved.every((place) => place === null)) return null;
  const [a, b] = cuts.map((cut, line) => moved[line] ?? cut);
  return a <= b ? [a, b] : [b, a];
}
