/**
 * Plotly, cut down to what the studio draws: lines, heat maps, bars. Import it with `import()` only: it is
 * larger than the rest of the page together and must not delay the first paint.
 */
import bar from 'plotly.js/lib/bar';
import Plotly from 'plotly.js/lib/core';
import heatmap from 'plotly.js/lib/heatmap';

Plotly.register([bar, heatmap]);

export const { purge } = Plotly;

/** Plotly's own button saves one format; this one saves the other, under the same name. */
const SVG_BUTTON: Plotly.ModeBarButton = {
  name: 'toSvg',
  title: 'Download plot as an SVG',
  icon: Plotly.Icons.disk,
  click: (element) => {
    const filename = names.get(element) ?? 'plot';
    // As large as it is drawn.
    void Plotly.downloadImage(element, { format: 'svg', filename, width: null, height: null });
  },
};

/** What the chart in an element is called as a file. */
const names = new WeakMap<HTMLElement, string>();

/** A chart's buttons with the one for SVG beside the one for PNG. */
const withSvg = (rows: Exclude<Plotly.Config['modeBarButtons'], false>): typeof rows =>
  rows?.map((row) => row.flatMap((button) => (button === 'toImage' ? [button, SVG_BUTTON] : [button])));

/** Draws a figure into an element, or another in its place. */
export async function react(
  element: HTMLElement,
  data: Plotly.Data[],
  layout: Partial<Plotly.Layout>,
  config: Partial<Plotly.Config>,
): Promise<void> {
  const { modeBarButtons, toImageButtonOptions } = config;
  if (toImageButtonOptions?.filename) names.set(element, toImageButtonOptions.filename);
  const buttons = modeBarButtons && { modeBarButtons: withSvg(modeBarButtons) };
  await Plotly.react(element, data, layout, { ...config, ...buttons });
}

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
