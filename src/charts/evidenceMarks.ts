/**
 * What stands as vertical lines in every chart over steps: changes of settings, steps at which training broke off, the
 * moment on show. Pure; knows neither the timeline nor what a chart shows.
 */
import type { Annotation, Layout, Shape } from 'plotly.js';
import type { ChartTheme } from './palette.ts';

/** A step at which something happened, with the word or two that a large chart has room for. */
export interface StepMark {
  readonly step: number;
  readonly kind: 'change' | 'divergence';
  readonly text: string;
}

export interface MarkOptions {
  readonly marks?: readonly StepMark[];
  /** The step on show, where the chart itself draws it; null where the page lays a line over it. */
  readonly shownStep?: number | null;
  /** Leaves the words away. */
  readonly compact: boolean;
}

/** A line over the whole height of a chart. */
export function verticalLine(step: number, line: Shape['line']): Partial<Shape> {
  return { type: 'line', x0: step, x1: step, yref: 'paper', y0: 0, y1: 1, line };
}

/** What a label stands on, so that curves behind it do not cross its letters. */
export const labelGround = (theme: ChartTheme): string => `${theme.surface}b3`;

const upright = (step: number, text: string, theme: ChartTheme): Partial<Annotation> => ({
  x: step,
  yref: 'paper',
  y: 1,
  yanchor: 'top',
  xanchor: 'right',
  textangle: -90,
  showarrow: false,
  text,
  bgcolor: labelGround(theme),
  font: { size: 12, color: theme.muted },
});

/** Lines of marks and of the moment on show, and their words. */
export function stepLines(
  { marks = [], shownStep = null, compact }: MarkOptions,
  theme: ChartTheme,
): Required<Pick<Layout, 'shapes' | 'annotations'>> {
  const lines = marks.map(({ step, kind }) =>
    verticalLine(
      step,
      kind === 'change'
        ? { color: theme.muted, width: 1.5, dash: 'dash' }
        : { color: theme.lines[1], width: 2.5, dash: 'solid' },
    ),
  );
  const words = marks.map(({ step, text }) => upright(step, text, theme));
  const shown = shownStep === null ? [] : [verticalLine(shownStep, { color: theme.text, width: 1.5 })];
  return { shapes: [...lines, ...shown], annotations: compact ? [] : words };
}
