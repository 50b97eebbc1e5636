/**
 * Fig. 2: one map in three panels (low, mid, high) that share a frame, with five groups of points. From
 * coordinates to a Plotly figure; knows nothing of how they were projected, nor of the page.
 */
import type { Data, Layout } from 'plotly.js';
import { CLASSES, type Corpus, UNLABELLED } from '../corpus/corpus.ts';
import { baseConfig, baseLayout, type Figure } from './figure.ts';
import {
  type ChartTheme,
  chartTheme,
  GROUP_LABELS,
  GROUPS,
  type Group,
  type GroupStyle,
  groupStyles,
  type PaletteName,
  type ThemeName,
} from './palette.ts';

/** One group of points on the map; all arrays are as long as the group has points. */
export interface MapPoints {
  /** `[x0, y0, x1, y1, …]`. */
  readonly coordinates: Float32Array;
  /** Class of each point; `UNLABELLED` points are shown dimmed in all three panels. */
  readonly classes: Int8Array;
  /** What the hover says first, e.g. from `utteranceNames`: the utterance and its speaker. */
  readonly names: readonly string[];
  /** Distance to the nearest real rows over the usual one; see `Placement.offData`. */
  readonly offData?: Float32Array;
}

/** What the map shows; a group that is not there yet is left out. */
export interface MapContent {
  readonly kind: 'pca' | 'umap';
  readonly groups: Readonly<Partial<Record<Group, MapPoints>>>;
}

export interface MapFigureOptions {
  readonly theme: ThemeName;
  readonly palette: PaletteName;
  /** Width of the box in CSS pixels; below `STACK_BELOW` the panels stand one above the other. */
  readonly width: number;
}

/** Synthetic points farther than this many usual distances from any real row are faded. */
export const FAR_OFF_DATA = 2;
const STACK_BELOW = 640;
const GAP = 14;
const SIDE = 6;
const PANEL_TITLE = 26;
const LEGEND_ROW = 34;
const NOTE = 30;
const PANEL_MOST = 520;

/** "utterance · speaker" for the given rows of a corpus (all rows where none are given). */
export function utteranceNames(corpus: Corpus, rows?: Int32Array): string[] {
  const name = (row: number) => {
    const speaker = corpus.speakers && corpus.speakers.index[row] >= 0 ? corpus.speakers.index[row] : -1;
    return speaker < 0
      ? corpus.utterances[row]
      : `${corpus.utterances[row]} · ${corpus.speakers?.names[speaker]}`;
  };
  return rows ? Array.from(rows, name) : Array.from({ length: corpus.rows }, (_, row) => name(row));
}

interface PanelPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly names: string[];
  /** One opacity for all points, or one each. */
  readonly opacity: number | number[];
}

/** The points of a group that belong in the panel of class `k`. */
function panelPoints(points: MapPoints, k: number, solid: number, dimmed: number): PanelPoints {
  const rows: number[] = [];
  for (let i = 0; i < points.classes.length; i++) {
    if (points.classes[i] === k || points.classes[i] === UNLABELLED) rows.push(i);
  }
  const faint = (i: number) =>
    points.classes[i] === UNLABELLED || (points.offData !== undefined && points.offData[i] > FAR_OFF_DATA);
  const faintCount = rows.reduce((n, i) => n + (faint(i) ? 1 : 0), 0);
  let opacity: number | number[] = faintCount === 0 ? solid : dimmed;
  if (faintCount > 0 && faintCount < rows.length) opacity = rows.map((i) => (faint(i) ? dimmed : solid));
  return {
    x: Float32Array.from(rows, (i) => points.coordinates[2 * i]),
    y: Float32Array.from(rows, (i) => points.coordinates[2 * i + 1]),
    names: rows.map((i) => points.names[i]),
    opacity,
  };
}

/** A square that holds the real points, widened in steps while synthetic ones lie outside. */
function frame(groups: MapContent['groups']): { x: [number, number]; y: [number, number] } {
  const bounds = (list: readonly Group[]) => {
    const box = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
    for (const group of list) {
      const at = groups[group]?.coordinates ?? new Float32Array();
      for (let i = 0; i < at.length; i += 2) {
        box.x = [Math.min(box.x[0], at[i]), Math.max(box.x[1], at[i])];
        box.y = [Math.min(box.y[0], at[i + 1]), Math.max(box.y[1], at[i + 1])];
      }
    }
    return box;
  };
  const real = bounds(['source', 'target']);
  if (real.x[0] > real.x[1]) return { x: [-1, 1], y: [-1, 1] };
  const all = bounds(GROUPS);
  const centre = [(real.x[0] + real.x[1]) / 2, (real.y[0] + real.y[1]) / 2];
  let half = 0.54 * Math.max(real.x[1] - real.x[0], real.y[1] - real.y[0], 1e-6);
  const reach = Math.max(
    all.x[1] - centre[0],
    centre[0] - all.x[0],
    all.y[1] - centre[1],
    centre[1] - all.y[0],
  );
  // In steps, so that the frame does not breathe with every snapshot.
  while (half < reach && Number.isFinite(reach)) half *= 1.25;
  return { x: [centre[0] - half, centre[0] + half], y: [centre[1] - half, centre[1] + half] };
}

interface Geometry {
  readonly stacked: boolean;
  readonly height: number;
  readonly panel: number;
  readonly top: number;
}

function geometry(width: number): Geometry {
  const stacked = width < STACK_BELOW;
  const legend = stacked ? 2 * LEGEND_ROW : LEGEND_ROW;
  const across = stacked ? width - 2 * SIDE : (width - 2 * SIDE - 2 * GAP) / 3;
  const panel = Math.min(PANEL_MOST, Math.max(120, across));
  const panels = stacked ? 3 * panel + 2 * (PANEL_TITLE + GAP) : panel;
  const top = legend + PANEL_TITLE;
  return { stacked, panel, top, height: Math.round(top + panels + NOTE + (stacked ? 16 : 0)) };
}

/** Height in CSS pixels that the map takes at a width, to reserve its room before it is drawn. */
export function mapHeight(width: number): number {
  return geometry(width).height;
}

/** Domains [start, end] of panel `k` along x and y, in shares of the plot area. */
function domain(k: number, { stacked, panel }: Geometry, width: number): Record<'x' | 'y', [number, number]> {
  if (!stacked) {
    const total = width - 2 * SIDE;
    const across = (total - 2 * GAP) / 3;
    return { x: [(k * (across + GAP)) / total, (k * (across + GAP) + across) / total], y: [0, 1] };
  }
  const pitch = panel + PANEL_TITLE + GAP;
  const total = 3 * panel + 2 * (PANEL_TITLE + GAP);
  return { x: [0, 1], y: [1 - (k * pitch + panel) / total, 1 - (k * pitch) / total] };
}

function axes(content: MapContent, theme: ChartTheme, shape: Geometry, width: number): Partial<Layout> {
  const range = frame(content.groups);
  const look = {
    showgrid: false,
    zeroline: false,
    showticklabels: false,
    ticks: '',
    showline: true,
    mirror: true,
    linecolor: theme.grid,
    linewidth: 1,
  } as const;
  const panels = CLASSES.map((_, k) => domain(k, shape, width));
  return {
    xaxis: { ...look, domain: panels[0].x, anchor: 'y', range: [...range.x] },
    xaxis2: { ...look, domain: panels[1].x, anchor: 'y2', matches: 'x' },
    xaxis3: { ...look, domain: panels[2].x, anchor: 'y3', matches: 'x' },
    yaxis: { ...look, domain: panels[0].y, anchor: 'x', range: [...range.y], scaleanchor: 'x' },
    yaxis2: { ...look, domain: panels[1].y, anchor: 'x2', matches: 'y' },
    yaxis3: { ...look, domain: panels[2].y, anchor: 'x3', matches: 'y' },
  };
}

function annotations(theme: ChartTheme, stacked: boolean): Layout['annotations'] {
  const panels = (['', '2', '3'] as const).map((suffix, k) => ({
    text: `<b>${CLASSES[k]}</b>`,
    font: { size: 15, color: theme.text },
    showarrow: false,
    xref: `x${suffix} domain` as const,
    x: 0,
    xanchor: 'left' as const,
    yref: `y${suffix} domain` as const,
    y: 1,
    yanchor: 'bottom' as const,
  }));
  const note = `A map has no units: only near and far count.${stacked ? '<br>' : ' '}Faint marks have no label, or lie off the data.`;
  return [
    ...panels,
    {
      text: note,
      font: { size: 12, color: theme.muted },
      align: 'left',
      showarrow: false,
      xref: 'paper',
      x: 0,
      xanchor: 'left',
      yref: 'paper',
      y: 0,
      yanchor: 'top',
      yshift: -4,
    },
  ];
}

/** Real rows lie under synthetic ones, which are what the map is looked at for. */
const DRAWING_ORDER: readonly Group[] = ['target', 'source', 'C', 'A', 'B'];

function trace(group: Group, k: number, points: MapPoints, style: GroupStyle, size: number): Data {
  const real = group === 'source' || group === 'target';
  const panel = panelPoints(points, k, real ? 0.6 : 0.85, real ? 0.18 : 0.28);
  const suffix = k === 0 ? '' : String(k + 1);
  const dimmedOnly = points.classes.length > 0 && points.classes.every((c) => c === UNLABELLED);
  // An empty trace would lose its place in the legend; a point that is not a number keeps it.
  const empty = panel.x.length === 0;
  return {
    type: 'scattergl',
    mode: 'markers',
    uid: `${group}-${CLASSES[k]}`,
    name: GROUP_LABELS[group],
    legendgroup: group,
    legendrank: GROUPS.indexOf(group) + 1,
    showlegend: k === 0,
    xaxis: `x${suffix}` as 'x',
    yaxis: `y${suffix}` as 'y',
    x: empty ? [Number.NaN] : panel.x,
    y: empty ? [Number.NaN] : panel.y,
    text: empty ? [''] : panel.names,
    hovertemplate: `%{text}<br>${GROUP_LABELS[group]} · ${dimmedOnly ? 'no label' : CLASSES[k]}<extra></extra>`,
    marker: {
      color: style.colour,
      symbol: style.symbol,
      size,
      opacity: panel.opacity,
      line: { width: style.outline ? 1 : 0, color: style.outline ?? style.colour },
    },
  };
}

const NOTHING: MapPoints = { coordinates: new Float32Array(), classes: new Int8Array(), names: [] };

/** Side of a mark in CSS pixels: many points need small ones, few can be seen from the back row. */
function markSize(content: MapContent): number {
  const total = GROUPS.reduce((n, group) => n + (content.groups[group]?.classes.length ?? 0), 0);
  if (total > 8000) return 4;
  return total > 2000 ? 5 : 7;
}

/**
 * The map as a figure of 15 traces: five groups in three panels. A click on a group in the legend hides it
 * in all three; zoom in one panel moves all.
 */
export function mapFigure(
  content: MapContent,
  { theme: themeName, palette, width }: MapFigureOptions,
): Figure {
  const theme = chartTheme(themeName);
  const styles = groupStyles(palette, themeName);
  const shape = geometry(width);
  const size = markSize(content);
  const data = DRAWING_ORDER.flatMap((group) =>
    CLASSES.map((_, k) => trace(group, k, content.groups[group] ?? NOTHING, styles[group], size)),
  );
  return {
    data,
    layout: {
      ...baseLayout(theme, `map-${content.kind}`),
      ...axes(content, theme, shape, width),
      annotations: annotations(theme, shape.stacked),
      width,
      height: shape.height,
      margin: { l: SIDE, r: SIDE, t: shape.top, b: NOTE + (shape.stacked ? 16 : 0) },
      hovermode: 'closest',
      dragmode: 'pan',
      showlegend: true,
      legend: {
        orientation: 'h',
        itemsizing: 'constant',
        font: { size: 14 },
        x: 0,
        xanchor: 'left',
        y: 1,
        yref: 'container',
        yanchor: 'top',
      },
    },
    config: { ...baseConfig('fig-2'), scrollZoom: false },
  };
}
