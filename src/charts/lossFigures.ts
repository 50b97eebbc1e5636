/**
 * The loss charts: one small figure for each group of terms, so that a term of 0.7 is not flattened by one
 * of 700. From a columnar store of steps and terms to Plotly figures; knows nothing of trainers or the page.
 */
import type { Data, Layout } from 'plotly.js';
import type { LossTerm, Phase } from '../experiment/events.ts';
import { decimate, runningMean } from './decimate.ts';
import { axisLook, COMPACT_MARGIN, logTicks, stepAxis, stepRange } from './evidenceAxes.ts';
import { type MarkOptions, stepLines, verticalLine } from './evidenceMarks.ts';
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

export interface LossFigureOptions extends Omit<MarkOptions, 'compact'> {
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

/** The lines over the curves: the best checkpoint, marks, the moment on show. */
function linesOver(
  { bestStep = null, compact = false, ...options }: LossFigureOptions,
  theme: ChartTheme,
): ReturnType<typeof stepLines> {
  const { shapes, annotations } = stepLines({ ...options, compact }, theme);
  if (bestStep === null) return { shapes, annotations };
  return {
    shapes: [verticalLine(bestStep, { color: theme.muted, width: 1.5, dash: 'dot' }), ...shapes],
    annotations: [
      {
        x: bestStep,
        yref: 'paper',
        y: 1,
        yanchor: 'top',
        xanchor: 'right',
        showarrow: false,
        text: 'best',
        font: { size: 12, color: theme.muted },
      },
      ...annotations,
    ],
  };
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

/** The ordinate; `logValues` are the drawn values where it is logarithmic, null where it is linear. */
function ordinate(theme: ChartTheme, logValues: readonly number[] | null): Layout['yaxis'] {
  return logValues
    ? { ...axisLook(theme), type: 'log', tickmode: 'array', ...logTicks(logValues) }
    : { ...axisLook(theme), type: 'linear', tickmode: 'auto', nticks: 4, rangemode: 'tozero' };
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
  const { maxPoints = 300, logScale = false, compact = false } = options;
  const present = lines.filter(({ term }) => series.terms[term] !== undefined);
  const logarithmic =
    logScale && present.every(({ term }) => !series.terms[term].some((value) => value <= 0));
  const notice = logScale && !logarithmic ? 'linear: it has values ≤ 0' : '';
  return {
    data: present.flatMap((l) =>
      termTraces(l, theme.lines[lines.indexOf(l)], series.steps, series.terms[l.term], maxPoints),
    ),
    layout: {
      ...baseLayout(theme, chart),
      ...linesOver(options, theme),
      height: compact ? COMPACT_LOSS_HEIGHT : LOSS_HEIGHT,
      margin: compact ? { ...COMPACT_MARGIN } : { l: 48, r: 10, t: TOP, b: 38 },
      title: compact ? { text: '' } : heading(title, theme, notice),
      showlegend: !compact,
      legend: LEGEND,
      hovermode: 'x unified',
      xaxis: stepAxis(theme, stepRange(series.steps), compact),
      yaxis: ordinate(theme, logarithmic ? present.flatMap(({ term }) => series.terms[term]) : null),
    },
    config: { ...baseConfig(`loss-${chart}`), displayModeBar: !compact && 'hover', staticPlot: compact },
  };
}
