/** The map by Plotly's `scattergl`: three charts, five traces each, as one would write it. */
import Plotly from 'plotly.js/lib/core';
import scattergl from 'plotly.js/lib/scattergl';
import { DRAWING_ORDER, inPanel, type MapContent, type View } from '../../src/charts/map.ts';
import { markSize } from '../../src/charts/mapMarks.ts';
import { groupStyles } from '../../src/charts/palette.ts';
import { CLASS_COUNT } from '../../src/corpus/corpus.ts';
import type { Draw } from './main.ts';

Plotly.register([scattergl]);

const styles = groupStyles('paper', 'light');

/** The points of a panel on their way, as traces. */
function tracesOf(content: MapContent, from: MapContent | null, share: number, k: number): Plotly.Data[] {
  return DRAWING_ORDER.flatMap((group): Plotly.Data[] => {
    const points = content.groups[group];
    if (!points) return [];
    const { coordinates } = points;
    const before = from?.groups[group]?.coordinates ?? coordinates;
    const at = (i: number) => before[i] + share * (coordinates[i] - before[i]);
    const rows = Array.from(points.classes.keys()).filter((i) => inPanel(points, i, k));
    const marker = { color: styles[group].colour, size: markSize(content), opacity: 0.7 };
    const [x, y] = [rows.map((i) => at(2 * i)), rows.map((i) => at(2 * i + 1))];
    return [{ type: 'scattergl', mode: 'markers', x, y, marker }];
  });
}

/** Three charts in the page; new points go through `react`, another view alone through `relayout`. */
export function plotlyPanels(size: number): Draw {
  const box = document.getElementById('panels')!;
  const panels = Array.from({ length: CLASS_COUNT }, () => box.appendChild(document.createElement('div')));
  let shown: MapContent | null = null;
  let done = 1;
  return (content, from, share, view: View) => {
    const ranges = {
      xaxis: { range: [view.x - view.half, view.x + view.half] },
      yaxis: { range: [view.y - view.half, view.y + view.half] },
    };
    const same = shown === content && done === share;
    shown = content;
    done = share;
    panels.forEach((panel, k) => {
      if (same) {
        void Plotly.relayout(panel, {
          'xaxis.range': ranges.xaxis.range,
          'yaxis.range': ranges.yaxis.range,
        } as Partial<Plotly.Layout>);
        return;
      }
      const layout = { ...ranges, width: size, height: size, showlegend: false } as Partial<Plotly.Layout>;
      void Plotly.react(panel, tracesOf(content, from, share, k), layout, { displayModeBar: false });
    });
  };
}
