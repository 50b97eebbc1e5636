/**
 * The two cycles as a drawing: which boxes stand where, what leads to what, and where each loss term of a step comes up.
 * Plain data and pure functions; knows no component and no run.
 */
import type { GanTerm } from '../../experiment/events.ts';

/** Size of the drawing, in units of its own. */
export const FLOW_SIZE = { width: 1000, height: 450 } as const;
/** Size of a box, and of the mark of a loss term. */
export const BOX_SIZE = { width: 132, height: 50 } as const;
export const MARK_SIZE = { width: 122, height: 36 } as const;

interface FlowBox {
  /** Centre. */
  readonly x: number;
  readonly y: number;
  readonly lines: readonly [string, string];
  readonly corpus?: boolean;
}

/** Rows: the judges of the first cycle, the first cycle, Z and F_S between them, the second cycle, its judge. */
const [TOP, FIRST, MIDDLE, SECOND, BOTTOM] = [34, 124, 225, 326, 416];
/** Columns: the real rows, the first generator, what it makes, the second one, what comes back. */
const [FROM, THERE, MADE, BACK, AGAIN] = [84, 292, 500, 708, 916];

export const FLOW_BOXES = {
  S: { x: FROM, y: FIRST, lines: ['Source', 'with labels'], corpus: true },
  G_ST: { x: THERE, y: FIRST, lines: ['G_ST', 'to the target'] },
  B: { x: MADE, y: FIRST, lines: ['Type B', 'target-like'] },
  G_TS_back: { x: BACK, y: FIRST, lines: ['G_TS', 'to the source'] },
  A: { x: AGAIN, y: FIRST, lines: ['Type A', 'back again'] },
  T: { x: FROM, y: SECOND, lines: ['Target', 'without labels'], corpus: true },
  G_TS: { x: THERE, y: SECOND, lines: ['G_TS', 'to the source'] },
  C: { x: MADE, y: SECOND, lines: ['Type C', 'a class at a time'] },
  G_ST_back: { x: BACK, y: SECOND, lines: ['G_ST', 'to the target'] },
  T_again: { x: AGAIN, y: SECOND, lines: ['Target', 'back again'] },
  Z: { x: MADE, y: MIDDLE, lines: ['Z', 'class asked for'] },
  F: { x: BACK, y: MIDDLE, lines: ['F_S', 'does it hear Z?'] },
  D_T: { x: MADE, y: TOP, lines: ['D_T', 'real target?'] },
  D_S: { x: MADE, y: BOTTOM, lines: ['D_S', 'real source?'] },
} as const satisfies Record<string, FlowBox>;
export type FlowBoxName = keyof typeof FLOW_BOXES;

/** A way of data; `judged` leads to who judges it, `compared` to what it should equal. */
export interface FlowEdge {
  readonly d: string;
  readonly kind: 'data' | 'judged' | 'compared';
}

const along = (y: number): readonly FlowEdge[] =>
  [FROM, THERE, MADE, BACK].map((x) => ({ d: `M${x + 66} ${y} H ${x + 140}`, kind: 'data' }));

export const FLOW_EDGES: readonly FlowEdge[] = [
  ...along(FIRST),
  ...along(SECOND),
  { d: 'M552 200 L 652 151', kind: 'data' },
  { d: 'M448 250 L 348 299', kind: 'data' },
  { d: 'M500 99 V 62', kind: 'judged' },
  { d: 'M500 351 V 388', kind: 'judged' },
  { d: 'M858 149 L 777 208', kind: 'judged' },
  { d: 'M552 301 L 646 252', kind: 'judged' },
  { d: 'M916 151 V 205', kind: 'compared' },
  { d: 'M916 299 V 245', kind: 'compared' },
];

/** Who learns from a term. */
export type FlowSide = 'generators' | 'discriminators';

/** One loss term of a step, or the update that follows from them. */
export interface FlowTerm {
  readonly term: GanTerm;
  readonly label: string;
  /** What it says, in one plain sentence. */
  readonly note: string;
  readonly x: number;
  readonly y: number;
  readonly side: FlowSide;
  /** The boxes that it is computed from. */
  readonly boxes: readonly FlowBoxName[];
  /** True for the sum of a side's terms, by which its networks learn. */
  readonly update?: boolean;
}

/** In the order in which a step computes them: what the generators learn from, their update, the same of the discriminators. */
const FLOW_TERMS: readonly FlowTerm[] = [
  {
    term: 'adversarialST',
    label: 'G_ST fools D_T',
    note: 'Small where D_T takes type B for real.',
    x: 634,
    y: TOP,
    side: 'generators',
    boxes: ['S', 'G_ST', 'B', 'D_T'],
  },
  {
    term: 'adversarialTS',
    label: 'G_TS fools D_S',
    note: 'Small where D_S takes type C for real.',
    x: 634,
    y: BOTTOM,
    side: 'generators',
    boxes: ['T', 'Z', 'G_TS', 'C', 'D_S'],
  },
  {
    term: 'identity',
    label: 'identity',
    note: 'What is of a corpus already must stay as it is: target through G_ST, source through G_TS.',
    x: FROM,
    y: MIDDLE,
    side: 'generators',
    boxes: ['S', 'T', 'G_ST', 'G_TS'],
  },
  {
    term: 'cycle',
    label: 'cycle',
    note: 'Back again must equal where it began.',
    x: AGAIN,
    y: MIDDLE,
    side: 'generators',
    boxes: ['S', 'G_ST', 'B', 'G_TS_back', 'A', 'T', 'G_TS', 'C', 'G_ST_back', 'T_again'],
  },
  {
    term: 'conditionalEmotion',
    label: 'F_S hears y',
    note: 'F_S hears in type A the label of its source row.',
    x: BACK,
    y: 175,
    side: 'generators',
    boxes: ['Z', 'G_TS_back', 'A', 'F'],
  },
  {
    term: 'randomConditionalEmotion',
    label: 'F_S hears any Z',
    note: 'F_S hears in type C the class Z that was drawn at random.',
    x: BACK,
    y: 276,
    side: 'generators',
    boxes: ['Z', 'G_TS', 'C', 'F'],
  },
  {
    term: 'generatorTotal',
    label: 'G learns',
    note: 'Both generators take one step down their weighted sum.',
    x: AGAIN,
    y: TOP,
    side: 'generators',
    boxes: ['G_ST', 'G_TS', 'G_TS_back', 'G_ST_back'],
    update: true,
  },
  {
    term: 'adversarialS',
    label: 'D_S errs',
    note: 'Small where D_S tells source rows from type C.',
    x: 366,
    y: BOTTOM,
    side: 'discriminators',
    boxes: ['D_S', 'C', 'S'],
  },
  {
    term: 'adversarialT',
    label: 'D_T errs',
    note: 'Small where D_T tells target rows from type B.',
    x: 366,
    y: TOP,
    side: 'discriminators',
    boxes: ['D_T', 'B', 'T'],
  },
  {
    term: 'gradientPenaltyS',
    label: 'penalty of D_S',
    note: 'Keeps D_S from changing too steeply between real and made rows.',
    x: 236,
    y: BOTTOM,
    side: 'discriminators',
    boxes: ['D_S'],
  },
  {
    term: 'gradientPenaltyT',
    label: 'penalty of D_T',
    note: 'Keeps D_T from changing too steeply between real and made rows.',
    x: 236,
    y: TOP,
    side: 'discriminators',
    boxes: ['D_T'],
  },
  {
    term: 'discriminatorTotal',
    label: 'D learns',
    note: 'Both discriminators take one step down their sum.',
    x: AGAIN,
    y: BOTTOM,
    side: 'discriminators',
    boxes: ['D_S', 'D_T'],
    update: true,
  },
];

/** The terms of a run that reports `terms`, in the order in which a step computes them. */
export const flowTermsOf = (terms: readonly string[]): readonly FlowTerm[] =>
  FLOW_TERMS.filter(({ term }) => terms.includes(term));

/** How a loss term stands in the picture. */
export interface FlowMark {
  readonly flow: FlowTerm;
  /** Its value in words. */
  readonly value: string;
  /** `lit` while it is being computed, `off` where its side does not learn. */
  readonly state: 'rest' | 'lit' | 'off';
}

/** The term that is being computed `elapsed` into a step that lasts `duration`, by its place; null once all were. */
export function litAt(count: number, elapsed: number, duration: number): number | null {
  // The last term stays lit for a while, and then there is a pause: otherwise steps run into one another.
  const place = Math.floor((elapsed / (0.85 * duration)) * count);
  return place >= 0 && place < count ? place : null;
}
