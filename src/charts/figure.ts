/**
 * What a figure is: the plain `{data, layout, config}` that Plotly draws, and the parts of it that every
 * figure of the studio shares. Types only from Plotly: nothing here loads the library or touches the page.
 */
import type { Config, Data, Layout } from 'plotly.js';
import { type ChartTheme, FONT_FAMILY } from './palette.ts';

/** A figure ready for `Plotly.react`. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
}

/** Layout that all figures share: transparent paper, the theme's text, no animation, a kept zoom. */
export function baseLayout(theme: ChartTheme, uirevision: string): Partial<Layout> {
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: FONT_FAMILY, size: 13, color: theme.text },
    hoverlabel: {
      bgcolor: theme.surface,
      bordercolor: theme.axis,
      font: { family: FONT_FAMILY, size: 13, color: theme.text },
      align: 'left',
    },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: theme.muted, activecolor: theme.text },
    // One constant per chart: zoom and hidden groups survive new data.
    uirevision,
    autosize: false,
  };
}

/** Text as it is: Plotly reads tags, and a file or a column of it may be called anything. */
export const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A heading above the plot, flush left, so that a downloaded PNG says what it shows; both texts as they are. */
export function heading(text: string, theme: ChartTheme, note = ''): Partial<Layout>['title'] {
  return {
    text: `<b>${plain(text)}</b>${note && ` <span style="color:${theme.muted};font-size:12px">  ${plain(note)}</span>`}`,
    font: { family: FONT_FAMILY, size: 15, color: theme.text },
    x: 0,
    xref: 'container',
    xanchor: 'left',
    pad: { l: 4, t: 4 },
    y: 1,
    yref: 'container',
    yanchor: 'top',
  };
}

/** Tools reduced to download (PNG; who draws the figure adds SVG) and zoom reset; `name` becomes the file's name. */
export function baseConfig(name: string): Partial<Config> {
  return {
    displaylogo: false,
    responsive: false,
    showTips: false,
    modeBarButtons: [['toImage', 'resetScale2d']],
    toImageButtonOptions: { format: 'png', filename: name, scale: 2 },
  };
}
