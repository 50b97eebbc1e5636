/**
 * The loss charts: one small figure for each group of terms, so that a term of 0.7 is not flattened by one
 * of 700. From a columnar store of steps and terms to Plotly figures; knows nothing of trainers or the page.
 */
import type { Data, Layout } from 'plotly.js';
import type { LossTerm, Phase } from '../experiment/events.ts';
import { decimate, runningMean } from './decimate.ts';
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
  'adaptation',
] as const;
export type LossChart = (typeof LOSS_CHARTS)[number];

/** One line of a chart. */
export interface LossLine {
  readonly term: LossTerm;
  readonly label: string;
  readonly dash: 'solid' | 'dash';
}

interface LossChartSpec {
  readonly title: string;
  /** One plain sentence on how to read the chart. */
  readonly note: string;
  readonly lines: readonly LossLine[];
}

const line = (term: LossTerm, label: string, dash: LossLine['dash'] = 'solid'): LossLine => ({
  term,
  label,
  dash,
});

const SPECS: Record<LossChart, LossChartSpec> = {
  classifier: {
    title: 'Classifier',
    note: 'Pre-training: cross-entropy on the source',
    lines: [line('crossEntropy', 'F<sub>S</sub>')],
  },
  pretraining: {
    title: 'Generators',
    note: 'Pre-training: how far a copy is from the original',
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
    note: 'The classifier should hear the class that was asked for, or that it heard before',
    lines: [
      line('conditionalEmotion', 'Paired class'),
      line('randomConditionalEmotion', 'Random class', 'dash'),
      line('semanticConsistency', 'Before and after'),
      line('classifierTask', 'F<sub>S</sub>, learning along', 'dash'),
    ],
  },
  penalty: {
    title: 'Penalty',
    note: 'Gradient penalty: keeps the discriminators smooth',
    lines: [line('gradientPenaltyS', 'D<sub>S</sub>'), line('gradientPenaltyT', 'D<sub>T</sub>', 'dash')],
  },
  adaptation: {
    title: 'Adaptation',
    note: 'Emotion should fall while the corpora stay hard to tell apart: 1.39 is a guess',
    lines: [line('emotion', 'Emotion'), line('domain', 'Which corpus', 'dash')],
  },
};

const GAN_CHARTS: readonly LossChart[] = ['adversarial', 'identity', 'cycle', 'emotion', 'penalty'];

/** The charts that a phase fills, in the order in which they stand on the page. */
export function lossChartsOf(phase: Phase): readonly LossChart[] {
  if (phase === 'classifier') return ['classifier'];
  if (phase === 'identity') return ['pretraining'];
  if (phase === 'adaptation') return ['adaptation'];
  return phase === 'gan' ? GAN_CHARTS : [];
}

/** Plain title of a chart, for headings and accessible names. */
export function lossChartTitle(chart: LossChart): string {
  return SPECS[chart].title;
}

/** One plain sentence on how to read a chart. */
export function lossChartNote(chart: LossChart): string {
  return SPECS[chart].note;
}

/** A line of a chart with its place among all that the chart can have, which is also that of its colour in a theme. */
export type PlacedLine = LossLine & { readonly place: number };

/** The lines of a chart for the terms given, those of one phase. Labels carry `<sub>` as Plotly reads it. */
export function lossChartLines(chart: LossChart, terms: readonly LossTerm[]): readonly PlacedLine[] {
  return SPECS[chart].lines
    .map((spec, place) => ({ ...spec, place }))
    .filter(({ term }) => terms.includes(term));
}

/** A chart with the phase that fills it and its lines. */
export interface LossCell {
  readonly chart: LossChart;
  readonly phase: Phase;
  readonly lines: readonly PlacedLine[];
}

/** The charts of a run that reports these terms, by phase, in the order in which they stand on the page. */
export function lossCells(
  phases: readonly Phase[],
  terms: Readonly<Partial<Record<Phase, readonly LossTerm[]>>>,
): readonly LossCell[] {
  return phases.flatMap((phase) =>
    lossChartsOf(phase)
      .map((chart) => ({ chart, phase, lines: lossChartLines(chart, terms[phase] ?? []) }))
      .filter(({ lines }) => lines.length > 0),
  );
}

export interface LossFigureOptions {
  readonly theme: ThemeName;
  /** Logarithmic ordinate; ignored, and said so, where a value is not positive. */
  readonly logScale?: boolean;
  /** Step of the best checkpoint so far, marked by a vertical line. */
  readonly bestStep?: number | null;
  /** Points drawn for each line, at most. */
  readonly maxPoints?: number;
  /** Curves and axes only, `COMPACT_LOSS_HEIGHT` high: the page says the rest beside it. */
  readonly compact?: boolean;
}

/** Height of a loss chart in CSS pixels. */
export const LOSS_HEIGHT = 230;
/** Height of a compact one. */
export const COMPACT_LOSS_HEIGHT = 108;
/** Room for the heading and two rows of legend. */
const TOP = 70;
/** Fewer steps than this are shown as they are; more get a running mean over their noise. */
const SMOOTH_FROM = 60;

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
 * Ticks of a logarithmic axis over positive `values`: 1, 2, 5 times powers of ten, or the powers alone where
 * there are many. Plotly's own would label them "2" and "5" without saying of what.
 */
function logTicks(values: readonly number[]): { tickvals: number[]; ticktext: string[] } {
  let least = Infinity;
  let most = 0;
  for (const value of values) {
    if (value > 0 && value < least) least = value;
    if (value > most && Number.isFinite(value)) most = value;
  }
  if (most === 0) return { tickvals: [], ticktext: [] };
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const factors = to - from > 2 ? [1] : [1, 2, 5];
  const tickvals: number[] = [];
  for (let power = from; power <= to; power++) {
    for (const factor of factors) tickvals.push(Number(`${factor}e${power}`));
  }
  return { tickvals, ticktext: tickvals.map(String) };
}

/** The traces of one term: its values, pale where a running mean stands over them. */
function termTraces(
  { term, label, dash }: LossLine,
  colour: string,
  steps: readonly number[],
  values: readonly number[],
  maxPoints: number,
): Data[] {
  const raw = decimate(steps, values, maxPoints);
  const smooth = values.length >= SMOOTH_FROM;
  const bold = smooth ? decimate(steps, runningMean(values, values.length / 40), maxPoints) : raw;
  const common = { type: 'scatter', mode: 'lines', name: label, legendgroup: term } as const;
  const pale: Data = {
    ...common,
    uid: `${term}-raw`,
    x: smooth ? raw.x : [],
    y: smooth ? raw.y : [],
    line: { color: colour, width: 1 },
    opacity: 0.3,
    showlegend: false,
    hoverinfo: 'skip',
  };
  return [
    pale,
    {
      ...common,
      uid: term,
      x: bold.x,
      y: bold.y,
      line: { color: colour, width: 2.5, dash },
      hovertemplate: smooth ? '%{y:.4~g} (running mean)' : '%{y:.4~g}',
    },
  ];
}

/** The axes; `logValues` are the drawn values where the ordinate is logarithmic, null where it is linear. */
function axes(theme: ChartTheme, logValues: readonly number[] | null): Pick<Layout, 'xaxis' | 'yaxis'> {
  const look = {
    gridcolor: theme.grid,
    linecolor: theme.axis,
    zeroline: false,
    tickfont: { size: 12 },
    // Plotly's look-out for labels beyond the edge measures every label: a tenth of a redraw.
    ticklabeloverflow: 'allow',
  } as const;
  return {
    xaxis: { ...look, showgrid: false, showline: true, nticks: 5 },
    yaxis: logValues
      ? { ...look, type: 'log', tickmode: 'array', ...logTicks(logValues) }
      : { ...look, type: 'linear', tickmode: 'auto', nticks: 4, rangemode: 'tozero' },
  };
}

const LEGEND: Layout['legend'] = {
  orientation: 'h',
  x: 0,
  xref: 'container',
  xanchor: 'left',
  y: 1 - 24 / LOSS_HEIGHT,
  yref: 'container',
  yanchor: 'top',
  font: { size: 13 },
};

/**
 * The figure of one group of loss terms. Terms that the series lacks are left out; a series without steps
 * gives empty axes of the same size.
 */
export function lossFigure(chart: LossChart, series: LossSeries, options: LossFigureOptions): Figure {
  const theme = chartTheme(options.theme);
  const { title, lines } = SPECS[chart];
  const { maxPoints = 300, bestStep = null, logScale = false, compact = false } = options;
  const present = lines.filter(({ term }) => series.terms[term] !== undefined);
  const logarithmic =
    logScale && present.every(({ term }) => !series.terms[term].some((value) => value <= 0));
  const { xaxis, yaxis } = axes(
    theme,
    logarithmic ? present.flatMap(({ term }) => series.terms[term]) : null,
  );
  const stepTitle = { text: 'step', standoff: 4, font: { size: 12, color: theme.muted } };
  const notice = logScale && !logarithmic ? 'linear: it has values ≤ 0' : '';
  return {
    data: present.flatMap((l) =>
      termTraces(l, theme.lines[lines.indexOf(l)], series.steps, series.terms[l.term], maxPoints),
    ),
    layout: {
      ...baseLayout(theme, chart),
      ...(bestStep === null ? { shapes: [], annotations: [] } : bestMarker(bestStep, theme)),
      height: compact ? COMPACT_LOSS_HEIGHT : LOSS_HEIGHT,
      margin: compact ? { l: 38, r: 12, t: 6, b: 20 } : { l: 48, r: 10, t: TOP, b: 38 },
      title: compact ? { text: '' } : heading(title, theme, notice),
      showlegend: !compact,
      legend: LEGEND,
      hovermode: 'x unified',
      // Slanted step numbers would eat the little height there is.
      xaxis: compact ? { ...xaxis, nticks: 3, tickangle: 0 } : { ...xaxis, title: stepTitle },
      yaxis,
    },
    config: { ...baseConfig(`loss-${chart}`), displayModeBar: !compact && 'hover', staticPlot: compact },
  };
}
