/**
 * The layout of the map as a figure to take away, as the paper prints its Fig. 2: a heading, the legend from source to
 * target, and a row of three panels, low, mid and high. Numbers only, the same for every kind of picture.
 */
import { CLASSES } from '../corpus/corpus.ts';
import type { MapContent, View } from './map.ts';
import type { Lighting } from './mapLighting.ts';
import { type ChartTheme, GROUP_LABELS, GROUPS, type Group, type GroupStyle } from './palette.ts';

/** A map as it is on the page. */
export interface MapFigure {
  readonly content: MapContent;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly lit: Lighting | null;
  readonly styles: Readonly<Record<Group, GroupStyle>>;
  /** Diameter of a mark. */
  readonly diameter: number;
  readonly theme: ChartTheme;
  readonly heading: string;
}

/** A line of text whose left end, at half its height, is at `(x, y)`. */
export interface SheetText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly SheetText[];
  /** Where the legend's marks stand, and how large. */
  readonly legend: readonly { readonly group: Group; readonly x: number; readonly y: number }[];
  readonly legendMark: number;
  /** Corner of the panel of each class. */
  readonly panels: readonly { readonly k: number; readonly x: number; readonly y: number }[];
  /** Side of a panel. */
  readonly side: number;
}

const SIDE = 450;
const MARGIN = 20;
const HEADING = { y: 24, size: 20 };
const LEGEND = { y: 56, size: 16, mark: 13 };
const TITLES = { y: 86, size: 17 };
const TOP = 102;
/** Width of a letter, in shares of its height: near enough to set a legend without measuring. */
const LETTER = 0.56;

/** Where everything stands. In pixels of the page; pictures may have more of them. */
export function sheetOf({
  content,
  hidden,
  heading,
}: Pick<MapFigure, 'content' | 'hidden' | 'heading'>): Sheet {
  const panels = CLASSES.map((_, k) => ({ k, x: MARGIN + k * (SIDE + MARGIN), y: TOP }));
  const texts: SheetText[] = [
    { text: heading, x: MARGIN, y: HEADING.y, size: HEADING.size, weight: 700 },
    ...panels.map(({ k, x }) => ({ text: CLASSES[k], x, ...TITLES, weight: 700 })),
  ];
  const shown = GROUPS.filter((group) => content.groups[group] && !hidden.has(group));
  let x = MARGIN + LEGEND.mark / 2;
  const legend = shown.map((group) => {
    const mark = { group, x, y: LEGEND.y };
    const text = GROUP_LABELS[group];
    texts.push({ text, x: x + LEGEND.mark, y: LEGEND.y, size: LEGEND.size, weight: 600 });
    x += LEGEND.mark + text.length * LETTER * LEGEND.size + 30;
    return mark;
  });
  return {
    width: 3 * SIDE + 4 * MARGIN,
    height: TOP + SIDE + MARGIN,
    texts,
    legend,
    legendMark: LEGEND.mark,
    panels,
    side: SIDE,
  };
}
