/** The map as a file to take away: a PNG painted as the page is, or an SVG. */
import { createMarks, drawMark, markFace } from '../../charts/mapMarks.ts';
import { type MapFigure, type Sheet, sheetOf } from '../../charts/mapSheet.ts';
import { CanvasPainter } from '../../charts/paintMap.ts';
import { FONT_FAMILY } from '../../charts/palette.ts';
import { download, downloadBlob } from '../results/download.ts';
import { createCanvas } from './canvas.ts';

/** Pixels of the picture to one of the page. */
const RATIO = 2;

type Kind = MapFigure['content']['kind'];

function drawWords(context: CanvasRenderingContext2D, figure: MapFigure, sheet: Sheet): void {
  const { styles, theme } = figure;
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  for (const { text, x, y, size, weight } of sheet.texts) {
    context.font = `${weight} ${size}px ${FONT_FAMILY}`;
    context.fillText(text, x, y);
  }
  for (const { group, x, y } of sheet.legend) {
    const face = markFace(group, styles[group], sheet.legendMark, 'on', 'usual', theme.text);
    context.save();
    context.translate(x, y);
    drawMark(context, { ...face, opacity: 1 });
    context.restore();
  }
}

/** The three panels on a canvas of their own, and where each lies on it; in pixels of the picture. */
function paintPanels({ content, hidden, view, lit, styles, diameter, theme }: MapFigure, sheet: Sheet) {
  const size = sheet.side * RATIO;
  const canvas = createCanvas(1);
  const painter = new CanvasPainter(canvas, createCanvas);
  painter.resize(3 * size, size);
  const marks = createMarks(styles, diameter, RATIO, theme.text, createCanvas);
  const same = { content, hidden, view, lit, marks, size, from: null, share: 1, top: 0 };
  for (const { k } of sheet.panels) painter.paint({ ...same, k, left: k * size });
  return { canvas, size };
}

/** Paints the figure and saves it as PNG. */
export function saveMapPng(figure: MapFigure): void {
  const sheet = sheetOf(figure);
  const canvas = createCanvas(1);
  canvas.width = sheet.width * RATIO;
  canvas.height = sheet.height * RATIO;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(RATIO, RATIO);
  context.fillStyle = figure.theme.surface;
  context.fillRect(0, 0, sheet.width, sheet.height);
  drawWords(context, figure, sheet);
  const { canvas: points, size } = paintPanels(figure, sheet);
  context.strokeStyle = figure.theme.axis;
  for (const { k, x, y } of sheet.panels) {
    context.drawImage(points, k * size, 0, size, size, x, y, sheet.side, sheet.side);
    context.strokeRect(x, y, sheet.side, sheet.side);
  }
  canvas.toBlob((blob) => blob && downloadBlob(nameOf(figure.content.kind, 'png'), blob));
}

/** Saves the text of an SVG of a map of some kind. */
export function saveMapSvg(svg: string, kind: Kind): void {
  download(nameOf(kind, 'svg'), 'image/svg+xml', svg);
}

const nameOf = (kind: Kind, format: 'png' | 'svg') => `fig-2-${kind}.${format}`;
