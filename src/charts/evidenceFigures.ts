/**
 * What is known of a GAN over its training, as small charts: metrics of its samples between what real rows reach and
 * what untranslated ones do, and figures of its networks. From evidence to Plotly figures; knows no store and no page.
 */
import type { Data, Layout } from 'plotly.js';
import type { CurveKey } from '../diagnosis/curves.ts';
import { curveValue } from '../diagnosis/curves.ts';
import type { Evidence, PairAnchors } from '../diagnosis/evidence.ts';
import { axisLook, COMPACT_MARGIN, logTicks, stepAxis, stepRange } from './evidenceAxes.ts';
import {
  type AnchorBand,
  anchorBands,
  type EvidenceCell,
  type EvidenceLine,
  type EvidenceView,
  evidenceCellText,
  evidenceLines,
} from './evidenceCells.ts';
import { labelGround, type MarkOptions, stepLines } from './evidenceMarks.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import {
  type ChartTheme,
  chartTheme,
  type GroupStyle,
  groupStyles,
  type PaletteName,
  type ThemeName,
} from './palette.ts';

/** Evidence of the moments of a run, by step; that of the finished GAN, whose step is an earlier one, apart. */
export interface EvidenceSeries {
  readonly moments: readonly Evidence[];
  readonly final: Evidence | null;
}

export interface EvidenceFigureOptions extends MarkOptions {
  readonly theme: ThemeName;
  readonly palette: PaletteName;
  readonly view: EvidenceView;
  readonly anchors: PairAnchors | null;
  /** A figure to be told from the others; null where none is. */
  readonly highlighted?: CurveKey | null;
}

/** Heights of a chart in CSS pixels. */
export const EVIDENCE_HEIGHT = 340;
export const COMPACT_EVIDENCE_HEIGHT = 108;

/** What the anchors are called in the charts. */
const ANCHOR_WORDS: Record<AnchorBand['anchor'], string> = { ceiling: 'real', floor: 'untranslated' };
/** More points than this are a line without marks. */
const MOST_MARKS = 40;
/** Half the thickness of an anchor of one value, as a share of the ordinate. */
const BAND = 0.006;

/** Colour and mark of a line. */
export function lineStyle(
  { colour }: EvidenceLine,
  { theme, palette }: Pick<EvidenceFigureOptions, 'theme' | 'palette'>,
): { readonly colour: string; readonly symbol: GroupStyle['symbol'] } {
  if (typeof colour === 'number') return { colour: chartTheme(theme).lines[colour], symbol: 'circle' };
  const style = groupStyles(palette, theme)[colour];
  // A colour too pale to stand alone gives way to that of its edge.
  return { colour: style.outline ?? style.colour, symbol: style.symbol };
}

/** A line's values: gaps where a moment has not been measured. */
const valuesOf = (moments: readonly Evidence[], { curve }: EvidenceLine): (number | null)[] =>
  moments.map((evidence) => {
    const value = curveValue(evidence, curve);
    return value !== null && Number.isFinite(value) ? value : null;
  });

function lineTraces(
  line: EvidenceLine,
  { moments, final }: EvidenceSeries,
  options: EvidenceFigureOptions,
): Data[] {
  const { colour, symbol } = lineStyle(line, options);
  const chosen = options.highlighted === line.curve;
  const common = {
    type: 'scatter',
    name: line.label,
    legendgroup: line.curve,
    hovertemplate: '%{y:.4~g}',
  } as const;
  const width = (options.compact ? 2 : 2.5) + (chosen ? 2.5 : 0);
  const kept = final && valuesOf([final], line)[0];
  return [
    {
      ...common,
      uid: line.curve,
      mode: moments.length > MOST_MARKS ? 'lines' : 'lines+markers',
      x: moments.map(({ step }) => step),
      y: valuesOf(moments, line),
      connectgaps: true,
      line: { color: colour, width, dash: line.dash },
      marker: { color: colour, symbol, size: width + (options.compact ? 2 : 4) },
    },
    {
      ...common,
      uid: `${line.curve}-final`,
      mode: 'markers',
      x: final && kept !== null ? [final.step] : [],
      y: kept === null ? [] : [kept],
      showlegend: false,
      // Its step may be the last one.
      cliponaxis: false,
      marker: { symbol: 'circle-open', size: 11, color: colour, line: { width: 2 } },
      hovertemplate: '%{y:.4~g} (samples kept)',
    },
  ];
}

/** Where the ordinate ends: room for all values and anchors, at least that of shares. */
function linearRange(
  values: readonly number[],
  bands: readonly AnchorBand[],
  share: boolean,
): [number, number] {
  const ends = [...values, ...bands.flatMap(({ low, high }) => [low, high])];
  const top = ends.reduce((most, value) => Math.max(most, value), share ? 1 : 0);
  const bottom = ends.reduce((least, value) => Math.min(least, value), 0);
  const room = 0.06 * (top - bottom || 1);
  return [bottom < 0 ? bottom - room : 0, top + room];
}

/** Bands of what real and untranslated rows reach, each with its word where the other's does not stand. */
function anchorShapes(
  bands: readonly AnchorBand[],
  [bottom, top]: readonly [number, number],
  theme: ChartTheme,
): Required<Pick<Layout, 'shapes' | 'annotations'>> {
  const half = BAND * (top - bottom);
  return {
    shapes: bands.map(({ anchor, low, high }) => ({
      type: 'rect',
      layer: 'below',
      xref: 'paper',
      x0: 0,
      x1: 1,
      y0: low - half,
      y1: high + half,
      fillcolor: anchor === 'ceiling' ? theme.muted : theme.axis,
      opacity: anchor === 'ceiling' ? 0.45 : 0.2,
      line: { width: 0 },
    })),
    annotations: bands.map(({ anchor, low, high }) => {
      const upper = (low + high) / 2 > bottom + 0.75 * (top - bottom);
      return {
        xref: 'paper',
        x: anchor === 'ceiling' ? 0.01 : 0.99,
        xanchor: anchor === 'ceiling' ? 'left' : 'right',
        y: upper ? low - half : high + half,
        yanchor: upper ? 'top' : 'bottom',
        borderpad: 0,
        bgcolor: labelGround(theme),
        showarrow: false,
        text: ANCHOR_WORDS[anchor],
        font: { size: 11, color: theme.muted },
      };
    }),
  };
}

/** The ordinate, and how far it reaches where it is linear. */
function ordinate(
  scale: 'share' | 'linear' | 'log',
  values: readonly number[],
  bands: readonly AnchorBand[],
  theme: ChartTheme,
): { axis: Layout['yaxis']; range: [number, number] } {
  const range = linearRange(values, bands, scale === 'share');
  const axis: Layout['yaxis'] =
    scale === 'log'
      ? { ...axisLook(theme), type: 'log', tickmode: 'array', ...logTicks(values) }
      : { ...axisLook(theme), type: 'linear', tickmode: 'auto', nticks: 4, range };
  return { axis, range };
}

/** First and last step of the charts of a run; null while there are not two. */
export const evidenceRange = ({ moments }: EvidenceSeries): [number, number] | null =>
  stepRange(moments.map(({ step }) => step));

/**
 * The figure of one chart. What was not measured leaves a gap; without any moment, or before the second, the axes are
 * there and what little there is.
 */
export function evidenceFigure(
  cell: EvidenceCell,
  series: EvidenceSeries,
  options: EvidenceFigureOptions,
): Figure {
  const theme = chartTheme(options.theme);
  const { title, scale } = evidenceCellText(cell);
  const { compact, view, anchors } = options;
  const all = series.final ? [...series.moments, series.final] : series.moments;
  const lines = evidenceLines(cell, view, all);
  const values = lines.flatMap((line) => valuesOf(all, line).filter((value) => value !== null));
  const bands = anchorBands(cell, anchors, view);
  const { axis, range } = ordinate(scale, values, bands, theme);
  const behind = anchorShapes(bands, range, theme);
  const over = stepLines(options, theme);
  return {
    data: lines.flatMap((line) => lineTraces(line, series, options)),
    layout: {
      ...baseLayout(theme, `evidence-${cell}`),
      shapes: [...behind.shapes, ...over.shapes],
      annotations: [...behind.annotations, ...over.annotations],
      height: compact ? COMPACT_EVIDENCE_HEIGHT : EVIDENCE_HEIGHT,
      margin: compact ? { ...COMPACT_MARGIN } : { l: 56, r: 14, t: 62, b: 40 },
      title: compact ? { text: '' } : heading(title, theme),
      showlegend: !compact,
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', font: { size: 13 } },
      hovermode: 'x unified',
      xaxis: stepAxis(theme, evidenceRange(series), compact),
      yaxis: axis,
    },
    config: { ...baseConfig(`metric-${cell}`), displayModeBar: !compact && 'hover', staticPlot: compact },
  };
}
