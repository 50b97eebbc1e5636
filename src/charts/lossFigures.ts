/**
 * The loss charts: one small figure for each group of terms, so that a term of 0.7 is not flattened by one
 * of 700. From a columnar store of steps and terms to Plotly figures; knows nothing of trainers or the page.
 */
import type { Data, Layout } from 'plotly.js';
import type { Phase } from '../experiment/events.ts';
import { decimate } from './decimate.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { type ChartTheme, chartTheme, type ThemeName } from './palette.ts';

/** Loss values of one phase, one array a term, all as long as `steps`. */
export interface LossSeries {
  readonly steps: readonly number[];
  readonly terms: Readonly<Record<string, readonly number[]>>;
}

export const LOSS_CHARTS = [
  'classifier',
  'pretraining',
  'adversarial',
  'identity',
  'cycle',
  'emotion',
  'penalty',
] as const;
export type LossChart = (typeof LOSS_CHARTS)[number];

interface Line {
  readonly term: string;
  readonly label: string;
  readonly dash: 'solid' | 'dash';
}

interface LossChartSpec {
  readonly title: string;
  /** One plain sentence on how to read the chart. */
  readonly note: string;
  readonly lines: readonly Line[];
}

const line = (term: string, label: string, dash: Line['dash'] = 'solid'): Line => ({ term, label, dash });

const SPECS: Record<LossChart, LossChartSpec> = {
  classifier: {
    title: 'Classifier',
    note: 'Cross-entropy on the source',
    lines: [line('crossEntropy', 'F<sub>S</sub>')],
  },
  pretraining: {
    title: 'Generator pre-training',
    note: 'How far a copy is from the original',
    lines: [line('identity', 'G<sub>ST</sub> and G<sub>TS</sub>')],
  },
  adversarial: {
    title: 'Adversarial',
    note: 'Generators (solid) against discriminators (dashed)',
    lines: [
      line('adversarialST', 'G<sub>ST</sub> fools D<sub>T</sub>'),
      line('adversarialTS', 'G<sub>TS</sub> fools D<sub>S</sub>'),
      line('adversarialT', 'D<sub>T</sub>', 'dash'),
      line('adversarialS', 'D<sub>S</sub>', 'dash'),
    ],
  },
  identity: {
    title: 'Identity',
    note: 'A generator should keep what is already of its corpus',
    lines: [line('identity', 'G<sub>ST</sub> on T, G<sub>TS</sub> on S')],
  },
  cycle: {
    title: 'Cycle',
    note: 'There and back should return the same utterance',
    lines: [line('cycle', 'S → T → S and T → S → T')],
  },
  emotion: {
    title: 'Emotion',
    note: 'The classifier should hear the class that was asked for',
    lines: [
      line('conditionalEmotion', 'Paired class'),
      line('randomConditionalEmotion', 'Random class', 'dash'),
    ],
  },
  penalty: {
    title: 'Gradient penalty',
    note: 'Keeps the discriminators smooth',
    lines: [line('gradientPenaltyS', 'D<sub>S</sub>'), line('gradientPenaltyT', 'D<sub>T</sub>', 'dash')],
  },
};

const GAN_CHARTS: readonly LossChart[] = ['adversarial', 'identity', 'cycle', 'emotion', 'penalty'];

/** The charts that a phase fills, in the order in which they stand on the page. */
export function lossChartsOf(phase: Phase): readonly LossChart[] {
  if (phase === 'classifier') return ['classifier'];
  if (phase === 'identity') return ['pretraining'];
  return phase === 'gan' ? GAN_CHARTS : [];
}

/** Plain title of a chart, for headings and accessible names. */
export function lossChartTitle(chart: LossChart): string {
  return SPECS[chart].title;
}

export interface LossFigureOptions {
  readonly theme: ThemeName;
  /** Logarithmic ordinate; ignored, and said so, where a value is not positive. */
  readonly logScale?: boolean;
  /** Step of the best checkpoint so far, marked by a vertical line. */
  readonly bestStep?: number | null;
  /** Points drawn for each line, at most. */
  readonly maxPoints?: number;
}

const HEIGHT = 230;

function bestMarker(step: number, theme: ChartTheme): Pick<Layout, 'shapes' | 'annotations'> {
  return {
    shapes: [
      {
        type: 'line',
        x0: step,
        x1: step,
        yref: 'paper',
        y0: 0,
        y1: 1,
        line: { color: theme.muted, width: 1.5, dash: 'dot' },
      },
    ],
    annotations: [
      {
        x: step,
        yref: 'paper',
        y: 1,
        yanchor: 'top',
        xanchor: 'right',
        showarrow: false,
        text: 'best',
        font: { size: 12, color: theme.muted },
      },
    ],
  };
}

/**
 * The figure of one group of loss terms. Terms that the series lacks are left out; a series without steps
 * gives empty axes of the same size.
 */
export function lossFigure(chart: LossChart, series: LossSeries, options: LossFigureOptions): Figure {
  const theme = chartTheme(options.theme);
  const spec = SPECS[chart];
  const { maxPoints = 300, bestStep = null, logScale = false } = options;
  const drawn = spec.lines
    .filter(({ term }) => series.terms[term] !== undefined)
    .map((l) => ({ ...l, points: decimate(series.steps, series.terms[l.term], maxPoints) }));
  const logarithmic = logScale && drawn.every(({ points }) => !points.y.some((y) => y <= 0));
  const data: Data[] = drawn.map(({ term, label, dash, points }, i) => ({
    type: 'scatter',
    mode: 'lines',
    uid: term,
    name: label,
    x: points.x,
    y: points.y,
    line: { color: theme.lines[i], width: 2, dash },
    hovertemplate: '%{y:.4~g}',
  }));
  const axis = { gridcolor: theme.grid, linecolor: theme.axis, zeroline: false, tickfont: { size: 12 } };
  return {
    data,
    layout: {
      ...baseLayout(theme, chart),
      ...(bestStep === null ? { shapes: [], annotations: [] } : bestMarker(bestStep, theme)),
      title: heading(
        spec.title,
        theme,
        logScale && !logarithmic ? `${spec.note} · linear: values ≤ 0` : spec.note,
      ),
      height: HEIGHT,
      margin: { l: 48, r: 10, t: 66, b: 36 },
      hovermode: 'x unified',
      showlegend: true,
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', font: { size: 13 } },
      xaxis: { ...axis, showgrid: false, showline: true, nticks: 5, title: { text: 'step', standoff: 4 } },
      yaxis: {
        ...axis,
        type: logarithmic ? 'log' : 'linear',
        nticks: 5,
        rangemode: logarithmic ? 'normal' : 'tozero',
      },
    },
    config: baseConfig(`loss-${chart}`),
  };
}
