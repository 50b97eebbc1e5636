/**
 * Plotly, cut down to what the studio draws: lines, heat maps, bars. Import it with `import()` only: it is
 * larger than the rest of the page together and must not delay the first paint.
 */
import bar from 'plotly.js/lib/bar';
import Plotly from 'plotly.js/lib/core';
import heatmap from 'plotly.js/lib/heatmap';

Plotly.register([bar, heatmap]);

export const { react, purge } = Plotly;
