/**
 * The colours and marks of every chart, in a light and a dark variant, chosen to be told apart on a
 * projector. Plain values: knows no chart and no page.
 */
import { SYNTHETIC_TYPES } from '../experiment/events.ts';

export type ThemeName = 'light' | 'dark';

/** `paper`: the colours of the paper's Fig. 2; `colour-blind`: Okabe and Ito's, with a shape per group. */
export const PALETTES = ['paper', 'colour-blind'] as const;
export type PaletteName = (typeof PALETTES)[number];

/** The five groups of points of Fig. 2, in the order of its caption. */
export const GROUPS = ['source', ...SYNTHETIC_TYPES, 'target'] as const;
export type Group = (typeof GROUPS)[number];

/** How each group is called beside its mark. */
export const GROUP_LABELS: Record<Group, string> = {
  source: 'Source',
  A: 'Type A',
  B: 'Type B',
  C: 'Type C',
  target: 'Target',
};

type Symbol = 'circle' | 'square' | 'diamond' | 'triangle-up' | 'cross';

export interface GroupStyle {
  readonly colour: string;
  /** Drawn around the mark, for colours too pale to stand alone; null where there is none. */
  readonly outline: string | null;
  readonly symbol: Symbol;
}

/** Colours of everything on a chart that is not data. */
export interface ChartTheme {
  /** The page's background behind the charts; used for contrast and for hover labels. */
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  /** Lines of a chart with several series, told apart without red against green. */
  readonly lines: readonly string[];
  /** low, mid, high: one hue in three depths, because the classes are ordered. */
  readonly classes: readonly [string, string, string];
  /** From no share to the whole row of a confusion matrix. */
  readonly heat: readonly [string, string, string];
}

export const FONT_FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

const THEMES: Record<ThemeName, ChartTheme> = {
  light: {
    surface: '#ffffff',
    text: '#1b2333',
    muted: '#56607a',
    axis: '#8a93a8',
    grid: '#e3e7ef',
    lines: ['#0a62c2', '#c2410c', '#0f7f5f', '#8b3fa8'],
    classes: ['#b5dcd3', '#4a9d8f', '#12564d'],
    heat: ['#f2f6fc', '#6ea4e0', '#0b3d7d'],
  },
  dark: {
    surface: '#141a26',
    text: '#eef2fa',
    muted: '#a9b4ca',
    axis: '#6d7890',
    grid: '#2a3345',
    lines: ['#6bb1ff', '#ff9a5c', '#4fd6a9', '#d79af0'],
    classes: ['#27655c', '#46a495', '#b9ece2'],
    heat: ['#1b2434', '#2f6cb5', '#b9dbff'],
  },
};

/** Colours of axes, grid, text and series for a theme. */
export function chartTheme(name: ThemeName): ChartTheme {
  return THEMES[name];
}

const PAPER: Record<ThemeName, Record<Group, string>> = {
  // A pure yellow vanishes on white: deep gold keeps the name and the contrast.
  light: { source: '#1f6feb', A: '#d3222a', B: '#1a8a3c', C: '#b98500', target: '#8a2bb8' },
  dark: { source: '#5aa9ff', A: '#ff6b66', B: '#4cd471', C: '#ffd43b', target: '#cf8bff' },
};

const OKABE_ITO: Record<ThemeName, Record<Group, string>> = {
  light: { source: '#0072b2', A: '#d55e00', B: '#009e73', C: '#f0e442', target: '#cc79a7' },
  dark: { source: '#56b4e9', A: '#d55e00', B: '#009e73', C: '#f0e442', target: '#cc79a7' },
};

/** The two Okabe–Ito colours that need an edge on a light ground. */
const OUTLINES: Partial<Record<Group, string>> = { C: '#6b6200', target: '#7d3a5d' };

const SHAPES: Record<Group, Symbol> = {
  source: 'circle',
  A: 'square',
  B: 'diamond',
  C: 'triangle-up',
  target: 'cross',
};

/** Colour and mark of each group. The paper's palette draws every group as a disc, as its Fig. 2 does. */
export function groupStyles(palette: PaletteName, theme: ThemeName): Record<Group, GroupStyle> {
  const style = (group: Group): GroupStyle =>
    palette === 'paper'
      ? { colour: PAPER[theme][group], outline: null, symbol: 'circle' }
      : {
          colour: OKABE_ITO[theme][group],
          outline: theme === 'light' ? (OUTLINES[group] ?? null) : null,
          symbol: SHAPES[group],
        };
  return { source: style('source'), A: style('A'), B: style('B'), C: style('C'), target: style('target') };
}

/** Relative luminance of `#rrggbb` (WCAG 2). */
function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2). */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Near-black or white, whichever reads better on a colour. */
export function inkOn(background: string): string {
  const dark = '#10151f';
  return contrast(dark, background) >= contrast('#ffffff', background) ? dark : '#ffffff';
}
