/**
 * The map as SVG: the figure of `mapSheet.ts` with every mark a shape of its own, for print and for drawing programs.
 * A pure function from a figure to text.
 */
import { inPanel, STANDINGS, standingOf, toScreen } from './map.ts';
import { drawingOrder } from './mapBatch.ts';
import { emphasisOf, isLit } from './mapLighting.ts';
import { EMPHASES, imageOf, type MarkFace, markFace } from './mapMarks.ts';
import { type MapFigure, type Sheet, type SheetText, sheetOf } from './mapSheet.ts';
import { PASSES, REAL_GROUPS, SYNTHETIC_GROUPS } from './paintMap.ts';
import { FONT_FAMILY } from './palette.ts';

/** Beyond so many marks, few programs open the picture. */
export const MOST_MARKS = 10_000;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const place = (value: number): string => String(Math.round(value * 100) / 100);

function shapes({ opacity, parts }: MarkFace): string {
  const paths = parts.map(({ path, fill, filled, stroke, width }) => {
    const filling = fill ? `fill="${fill}"${filled < 1 ? ` fill-opacity="${filled}"` : ''}` : 'fill="none"';
    return `<path d="${path}" ${filling}${stroke ? ` stroke="${stroke}" stroke-width="${width}"` : ''}/>`;
  });
  return `<g opacity="${opacity}">${paths.join('')}</g>`;
}

function textOf({ text, x, y, size, weight }: SheetText, colour: string): string {
  return `<text x="${place(x)}" y="${place(y)}" dominant-baseline="central" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
}

/** Marks of one panel, each the name of its shape and its place; the selected ones last, as they lie above the others. */
function marksIn(figure: MapFigure, side: number, k: number): { name: string; x: number; y: number }[] {
  const { content, hidden, view, lit } = figure;
  const marks: { name: string; x: number; y: number; selected: boolean }[] = [];
  for (const groups of [REAL_GROUPS, SYNTHETIC_GROUPS]) {
    const order = drawingOrder(content, groups, PASSES);
    order.index.forEach((i, n) => {
      const group = groups[order.group[n]];
      const points = content.groups[group]!;
      if (hidden.has(group) || !inPanel(points, i, k)) return;
      const [x, y] = toScreen(view, side, points.coordinates[2 * i], points.coordinates[2 * i + 1]);
      if (!(x >= 0 && x <= side && y >= 0 && y <= side)) return;
      const name = `${group}${imageOf(emphasisOf(lit, group, i), standingOf(points, i))}`;
      marks.push({ name, x, y, selected: isLit(lit, group, i) });
    });
  }
  return [...marks.filter(({ selected }) => !selected), ...marks.filter(({ selected }) => selected)];
}

/** The shapes that occur, to be used by name. */
function definitions({ styles, diameter, theme }: MapFigure, names: ReadonlySet<string>): string {
  const all = [...REAL_GROUPS, ...SYNTHETIC_GROUPS].flatMap((group) =>
    EMPHASES.flatMap((emphasis, e) =>
      STANDINGS.map((standing, s) => {
        const name = `${group}${imageOf(e, s)}`;
        const face = markFace(group, styles[group], diameter, standing, emphasis, theme.text);
        return { name, shape: shapes(face) };
      }),
    ),
  );
  return all
    .filter(({ name }) => names.has(name))
    .map(({ name, shape }) => `<g id="${name}">${shape}</g>`)
    .join('');
}

function panelText(
  marks: readonly { name: string; x: number; y: number }[],
  sheet: Sheet,
  k: number,
): string {
  const { x, y } = sheet.panels[k];
  const uses = marks.map((mark) => `<use href="#${mark.name}" x="${place(mark.x)}" y="${place(mark.y)}"/>`);
  return `<g transform="translate(${x} ${y})"><g clip-path="url(#panel)">${uses.join('')}</g><use href="#frame"/></g>`;
}

/**
 * The figure as the text of an SVG file. Where it would hold more than 10,000 marks there is none, and `refusal` says what
 * was found and what to do.
 */
export function svgOf(
  figure: MapFigure,
): { readonly svg: string; readonly refusal: null } | { readonly svg: null; readonly refusal: string } {
  const sheet = sheetOf(figure);
  const panels = sheet.panels.map(({ k }) => marksIn(figure, sheet.side, k));
  const total = panels.reduce((sum, marks) => sum + marks.length, 0);
  if (total > MOST_MARKS) {
    const [found, most] = [total, MOST_MARKS].map((n) => n.toLocaleString('en-GB'));
    return {
      svg: null,
      refusal: `An SVG of ${found} marks would be too large for most programs; it takes at most ${most}. Hide groups or zoom in, or save the map as PNG.`,
    };
  }
  const { styles, theme } = figure;
  const names = new Set(panels.flatMap((marks) => marks.map(({ name }) => name)));
  const box = `width="${sheet.side}" height="${sheet.side}"`;
  const legend = sheet.legend.map(({ group, x, y }) => {
    const face = markFace(group, styles[group], sheet.legendMark, 'on', 'usual', theme.text);
    return `<g transform="translate(${place(x)} ${y})">${shapes({ ...face, opacity: 1 })}</g>`;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${sheet.height}" viewBox="0 0 ${sheet.width} ${sheet.height}" font-family="${escaped(FONT_FAMILY)}">`,
    `<title>${escaped(figure.heading)}</title>`,
    `<defs><clipPath id="panel"><rect ${box}/></clipPath><rect id="frame" ${box} fill="none" stroke="${theme.axis}"/>${definitions(figure, names)}</defs>`,
    `<rect width="100%" height="100%" fill="${theme.surface}"/>`,
    ...sheet.texts.map((text) => textOf(text, theme.text)),
    ...legend,
    ...panels.map((marks, k) => panelText(marks, sheet, k)),
    '</svg>',
  ].join('\n');
  return { svg, refusal: null };
}
