/** The map as a PNG to take away: the three panels as they are on the page, with titles and a legend. */
import type { MapContent, View } from '../../charts/map.ts';
import { createMarks, drawMark, type PanelPainter } from '../../charts/paintMap.ts';
import {
  type ChartTheme,
  FONT_FAMILY,
  GROUP_LABELS,
  GROUPS,
  type Group,
  type GroupStyle,
} from '../../charts/palette.ts';
import { CLASSES } from '../../corpus/corpus.ts';
import { createCanvas } from './canvas.ts';

interface MapPicture {
  readonly content: MapContent;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly styles: Readonly<Record<Group, GroupStyle>>;
  /** Diameter of a mark in CSS pixels. */
  readonly diameter: number;
  readonly theme: ChartTheme;
}

/** In pixels of the picture, which has twice as many as the page. */
const PANEL = 900;
const MARGIN = 40;
const HEAD = 170;
const RATIO = 2;

function drawLegend(context: CanvasRenderingContext2D, { content, hidden, styles, theme }: MapPicture): void {
  context.font = `600 34px ${FONT_FAMILY}`;
  context.textBaseline = 'middle';
  let x = MARGIN + 14;
  for (const group of GROUPS) {
    if (!content.groups[group] || hidden.has(group)) continue;
    context.save();
    context.translate(x, 50);
    drawMark(context, styles[group], 28);
    context.restore();
    context.fillStyle = theme.text;
    context.fillText(GROUP_LABELS[group], x + 26, 50);
    x += 26 + context.measureText(GROUP_LABELS[group]).width + 60;
  }
}

/** Paints the picture and hands it to the browser as a download. */
export function saveMapPicture(picture: MapPicture, painter: PanelPainter): void {
  const { content, hidden, view, styles, diameter, theme } = picture;
  const canvas = createCanvas(1);
  canvas.width = 3 * PANEL + 4 * MARGIN;
  canvas.height = HEAD + PANEL + MARGIN;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawLegend(context, picture);
  const marks = createMarks(styles, diameter, RATIO, createCanvas);
  CLASSES.forEach((name, k) => {
    const panel = createCanvas(PANEL);
    painter.paint(panel.getContext('2d')!, { content, k, hidden, view, marks, size: PANEL });
    const x = MARGIN + k * (PANEL + MARGIN);
    context.fillStyle = theme.text;
    context.font = `700 34px ${FONT_FAMILY}`;
    context.fillText(name, x, HEAD - 32);
    context.drawImage(panel, x, HEAD);
    context.strokeStyle = theme.axis;
    context.strokeRect(x, HEAD, PANEL, PANEL);
  });
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `fig-2-${content.kind}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
