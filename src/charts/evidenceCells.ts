/**
 * Which figures of the evidence stand together in one small chart, what the chart is called, and how it is read. Pure;
 * draws nothing.
 */
import { type CurveKey, METRIC_LABELS } from '../diagnosis/curves.ts';
import {
  type Evidence,
  type PairAnchors,
  type SampleType,
  SET_METRICS,
  type SetEvidence,
  type SetMetric,
  TYPES,
} from '../diagnosis/evidence.ts';
import type { GanTerm } from '../methods/events.ts';

export const NETWORK_CELLS = [
  'discriminators',
  'gradientsG',
  'gradientsD',
  'heard',
  'cycle',
  'condition',
] as const;
export type NetworkCell = (typeof NETWORK_CELLS)[number];

/** The charts in the order in which they stand on the page: of samples, then of networks. */
export const EVIDENCE_CELLS = [...SET_METRICS, ...NETWORK_CELLS] as const;
export type EvidenceCell = (typeof EVIDENCE_CELLS)[number];

/** Which samples the metrics are shown of. */
export interface EvidenceView {
  /** One type alone, or null for all three. */
  readonly type: SampleType | null;
  /** 0, 1, 2; null for all classes together. */
  readonly classIndex: number | null;
}
export const WHOLE_VIEW: EvidenceView = { type: null, classIndex: null };

/** One line of a chart: its figure, and how it is told from the others. `<sub>` in a label as Plotly reads it. */
export interface EvidenceLine {
  readonly curve: CurveKey;
  readonly label: string;
  /** That of a type of samples, or the place of a line's colour in the theme. */
  readonly colour: SampleType | number;
  readonly dash: 'solid' | 'dash';
}

interface CellText {
  readonly title: string;
  /** One plain sentence on how to read the chart. */
  readonly note: string;
  /** `share`: from 0 to 1. */
  readonly scale: 'share' | 'linear' | 'log';
}

const metric = (name: SetMetric, scale: CellText['scale'], note: string): CellText => ({
  title: METRIC_LABELS[name],
  scale,
  note,
});

const TEXTS: Readonly<Record<EvidenceCell, CellText>> = {
  precision: metric('precision', 'share', 'Share of samples that lie where real rows lie.'),
  recall: metric(
    'recall',
    'share',
    'Share of real rows that lie where samples lie: near 0 where the GAN repeats itself.',
  ),
  density: metric(
    'density',
    'linear',
    'How thickly samples crowd around real rows: far above 1 where many are alike.',
  ),
  coverage: metric('coverage', 'share', 'Share of real rows with a sample in their neighbourhood.'),
  mmd: metric('mmd', 'linear', 'Distance of the two distributions as kernels see it: 0 where they are one.'),
  frechet: metric(
    'frechet',
    'linear',
    'Distance of the means and covariances: 0 where they are the same, the lower the better.',
  ),
  nearestNeighbour: metric(
    'nearestNeighbour',
    'share',
    'How often the nearest neighbour tells samples from real rows: 0.5 is good, 1 told apart, 0 copied.',
  ),
  vendi: metric('vendi', 'linear', 'How many really different samples there are: it falls in a collapse.'),
  variance: metric(
    'variance',
    'linear',
    'Variance of the samples over that of real rows: far below 1 they have shrunk.',
  ),
  modes: metric('modes', 'share', 'Share of the real rows whose cluster has samples in it too.'),
  displacement: metric(
    'displacement',
    'linear',
    'How far a generator moves a row, over the usual distance of two rows: near 0 it copies.',
  ),
  atHome: metric(
    'atHome',
    'share',
    'Share of samples whose nearest real row is of the corpus they came from: they have not moved over.',
  ),
  discriminators: {
    title: 'Discriminators',
    scale: 'share',
    note: 'Accuracy on rows they learned (solid) and on rows held out (dashed): 0.5 guesses, a gap is learning by heart.',
  },
  gradientsG: {
    title: 'Gradients of G',
    scale: 'log',
    note: 'How strongly each loss term pulls at the generators: one far above the rest drowns them.',
  },
  gradientsD: {
    title: 'Gradients of D',
    scale: 'log',
    note: 'How strongly each loss term pulls at the discriminators: near 0 nothing is left to learn.',
  },
  heard: {
    title: 'Emotion heard',
    scale: 'share',
    note: 'Share of samples heard as asked for by F_s (solid) and by a second judge (dashed): a gap means F_s is fooled.',
  },
  cycle: {
    title: 'Cycle under noise',
    scale: 'linear',
    note: 'Error of S → T → S as it is (solid) and with a little noise between (dashed): a jump means hidden messages.',
  },
  condition: {
    title: 'Z-ratio',
    scale: 'linear',
    note: 'What another class changes in C, over what another utterance changes: near 0 Z is ignored, far above 1 it alone counts.',
  },
};

/** Title, sentence and scale of a chart. */
export const evidenceCellText = (cell: EvidenceCell): CellText => TEXTS[cell];

const isSetMetric = (cell: EvidenceCell): cell is SetMetric =>
  (SET_METRICS as readonly string[]).includes(cell);

type TermLine = readonly [term: GanTerm, label: string, colour: number, dash?: EvidenceLine['dash']];

const GENERATOR_TERMS: readonly TermLine[] = [
  ['adversarialST', 'fools D<sub>T</sub>', 0],
  ['adversarialTS', 'fools D<sub>S</sub>', 0, 'dash'],
  ['identity', 'identity', 1],
  ['cycle', 'cycle', 2],
  ['conditionalEmotion', 'paired class', 3],
  ['randomConditionalEmotion', 'random class', 3, 'dash'],
  ['semanticConsistency', 'emotion', 3],
];

const DISCRIMINATOR_TERMS: readonly TermLine[] = [
  ['adversarialS', 'D<sub>S</sub>', 0],
  ['adversarialT', 'D<sub>T</sub>', 1],
  ['gradientPenaltyS', 'penalty D<sub>S</sub>', 0, 'dash'],
  ['gradientPenaltyT', 'penalty D<sub>T</sub>', 1, 'dash'],
];

const gradientLines = (terms: readonly TermLine[]): readonly EvidenceLine[] =>
  terms.map(([term, label, colour, dash = 'solid']) => ({
    curve: `gradient/${term}`,
    label,
    colour,
    dash,
  }));

const NETWORK_LINES: Readonly<Record<NetworkCell, readonly EvidenceLine[]>> = {
  discriminators: (['S', 'T'] as const).flatMap((side, colour): EvidenceLine[] => [
    { curve: `D_${side}/seen`, label: `D<sub>${side}</sub>`, colour, dash: 'solid' },
    { curve: `D_${side}/heldOut`, label: `D<sub>${side}</sub> held out`, colour, dash: 'dash' },
  ]),
  gradientsG: gradientLines(GENERATOR_TERMS),
  gradientsD: gradientLines(DISCRIMINATOR_TERMS),
  heard: (['A', 'C'] as const).flatMap((type): EvidenceLine[] => [
    { curve: `heard/${type}/F`, label: `${type}: F<sub>S</sub>`, colour: type, dash: 'solid' },
    { curve: `heard/${type}/judge`, label: `${type}: judge`, colour: type, dash: 'dash' },
  ]),
  cycle: [
    { curve: 'cycle/clean', label: 'as it is', colour: 2, dash: 'solid' },
    { curve: 'cycle/noisy', label: 'under noise', colour: 2, dash: 'dash' },
  ],
  condition: [{ curve: 'condition', label: 'C', colour: 'C', dash: 'solid' }],
};

const typesOf = ({ type }: EvidenceView): readonly SampleType[] => (type === null ? TYPES : [type]);

const curveOf = (type: SampleType, name: SetMetric, { classIndex }: EvidenceView): CurveKey =>
  classIndex === null ? `${type}/${name}` : `${type}/${name}/${classIndex}`;

/** The lines of a chart; gradients only of terms that the method has, of which `evidence` tells. */
export function evidenceLines(
  cell: EvidenceCell,
  view: EvidenceView,
  evidence: readonly Evidence[],
): readonly EvidenceLine[] {
  if (isSetMetric(cell)) {
    return typesOf(view).map((type) => ({
      curve: curveOf(type, cell, view),
      label: type,
      colour: type,
      dash: 'solid',
    }));
  }
  const lines = NETWORK_LINES[cell];
  if (cell !== 'gradientsG' && cell !== 'gradientsD') return lines;
  const known = new Set(evidence.flatMap(({ networks }) => Object.keys(networks?.gradients ?? {})));
  return lines.filter(({ curve }) => known.has(curve.slice('gradient/'.length)));
}

/** The chart that shows a figure, and the view in which it does; null where none does. */
export function placeOfCurve(curve: CurveKey): { cell: EvidenceCell; view: EvidenceView | null } | null {
  const [first, name, classIndex] = curve.split('/');
  const type = TYPES.find((t) => t === first);
  if (type !== undefined) {
    const view = { type, classIndex: classIndex === undefined ? null : Number(classIndex) };
    return { cell: name as SetMetric, view };
  }
  const cell = NETWORK_CELLS.find((n) => NETWORK_LINES[n].some((line) => line.curve === curve));
  return cell === undefined ? null : { cell, view: null };
}

/** What real rows reach in a chart, over the types on show. */
export interface AnchorBand {
  readonly anchor: 'ceiling' | 'floor';
  readonly low: number;
  readonly high: number;
}

/** The anchors of a chart in a view: two of a metric, one of the Z-ratio; what was not measured is left out. */
export function anchorBands(
  cell: EvidenceCell,
  anchors: PairAnchors | null,
  view: EvidenceView,
): readonly AnchorBand[] {
  if (!anchors) return [];
  if (cell === 'condition') {
    const { condition = null } = anchors;
    return condition === null ? [] : [{ anchor: 'ceiling', low: condition, high: condition }];
  }
  if (!isSetMetric(cell)) return [];
  const value = (set: SetEvidence): number | null =>
    (view.classIndex === null ? set.all : set.classes[view.classIndex])?.[cell] ?? null;
  return (['ceiling', 'floor'] as const).flatMap((anchor) => {
    const values = typesOf(view)
      .map((type) => value(anchors[type][anchor]))
      .filter((v) => v !== null);
    return values.length > 0 ? [{ anchor, low: Math.min(...values), high: Math.max(...values) }] : [];
  });
}
