/**
 * How often each class occurs in the source and in the target, side by side: label shift at a glance. From counts to a
 * Plotly figure; knows no corpus and no page.
 */
import type { Data } from 'plotly.js';
import { CLASSES, type Task } from '../corpus/corpus.ts';
import { baseConfig, baseLayout, type Figure, heading } from './figure.ts';
import { chartTheme, GROUP_LABELS, groupStyles, type PaletteName, type ThemeName } from './palette.ts';

/** Rows of each class `[low, mid, high]`; null where the corpus has no labels for the task. */
export type ClassCounts = readonly [number, number, number] | null;

export const CLASS_SHARE_HEIGHT = 280;

const SIDES = ['source', 'target'] as const;

/** Shares of the labelled rows in percent. */
function percentages(counts: NonNullable<ClassCounts>): number[] {
  const labelled = counts[0] + counts[1] + counts[2];
  return counts.map((count) => (labelled > 0 ? (100 * count) / labelled : 0));
}

/** Bars of class shares, source beside target; a corpus without labels is left out and named in the heading. */
export function classShareFigure(
  counts: { readonly source: ClassCounts; readonly target: ClassCounts },
  task: Task,
  options: { readonly theme: ThemeName; readonly palette: PaletteName },
): Figure {
  const theme = chartTheme(options.theme);
  const styles = groupStyles(options.palette, options.theme);
  const data = SIDES.flatMap((side): Data[] => {
    const own = counts[side];
    if (!own) return [];
    const shares = percentages(own);
    const { colour, outline } = styles[side];
    const labelled = own[0] + own[1] + own[2];
    return [
      {
        type: 'bar',
        name: GROUP_LABELS[side],
        x: [...CLASSES],
        y: shares,
        text: shares.map((share) => `${Math.round(share)} %`),
        textposition: 'outside',
        textfont: { size: 14, color: theme.text },
        cliponaxis: false,
        hovertext: own.map((count, k) => `${count} of ${labelled} rows (${shares[k].toFixed(1)} %)`),
        hovertemplate: `${GROUP_LABELS[side]}, %{x}: %{hovertext}<extra></extra>`,
        marker: { color: colour, line: { width: outline ? 1 : 0, color: outline ?? colour } },
      },
    ];
  });
  const bare = SIDES.filter((side) => !counts[side]);
  const note = bare.length > 0 ? `no labels in the ${bare.join(' and in the ')}` : 'of labelled rows';
  const most = Math.max(0, ...SIDES.flatMap((side) => percentages(counts[side] ?? [0, 0, 0])));
  return {
    data,
    layout: {
      ...baseLayout(theme, `class-shares-${task}`),
      title: heading(`Classes of ${task}`, theme, note),
      height: CLASS_SHARE_HEIGHT,
      margin: { l: 56, r: 10, t: 62, b: 34 },
      barmode: 'group',
      bargap: 0.3,
      bargroupgap: 0.08,
      showlegend: true,
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', font: { size: 13 } },
      xaxis: { fixedrange: true, type: 'category', ticks: '', tickfont: { size: 14 }, showgrid: false },
      yaxis: {
        fixedrange: true,
        // Room for the figures above the bars.
        range: [0, Math.max(10, 1.15 * most)],
        ticksuffix: ' %',
        gridcolor: theme.grid,
        zeroline: false,
      },
    },
    config: { ...baseConfig(`class-shares-${task}`), modeBarButtons: [['toImage']] },
  };
}
