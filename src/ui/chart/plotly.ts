/**
 * Plotly, cut down to what the studio draws: lines, heat maps, bars. Import it with `import()` only: it is
 * larger than the rest of the page together and must not delay the first paint.
 */
import bar from 'plotly.js/lib/bar';
import Plotly from 'plotly.js/lib/core';
import heatmap from 'plotly.js/lib/heatmap';

Plotly.register([bar, heatmap]);

export const { react, purge } = Plotly;

/**
 * Draws a small line chart out of sight and throws it away. The first drawing of all takes several times as
 * long as any later one; done while the page is idle, it is not felt when training starts.
 */
export async function rehearse(): Promise<void> {
  const element = document.createElement('div');
  const line: Plotly.Data = { type: 'scatter', mode: 'lines', x: [0, 1], y: [0, 1] };
  await react(element, [line], { width: 200, height: 100 }, { displayModeBar: false });
  purge(element);
}
