/**
 * What is known of a run as a table: one line a moment and figure, with what the figure is of real rows where that is
 * known. Used for the file that the CLI writes.
 */
import { CLASSES } from '../corpus/corpus.ts';
import { type CurveKey, curveValue } from '../diagnosis/curves.ts';
import {
  type Evidence,
  type PairAnchors,
  type SampleType,
  SET_METRICS,
  type SetEvidence,
  type SetMetric,
  TYPES,
} from '../diagnosis/evidence.ts';

export const EVIDENCE_TABLE_HEADER = 'step,figure,value,floor,ceiling\n';

/** A figure of a type of samples: which metric, of all or of a class. */
interface SetFigure {
  readonly key: CurveKey;
  readonly type: SampleType;
  readonly metric: SetMetric;
  readonly classIndex: number | null;
}

const SET_FIGURES: readonly SetFigure[] = TYPES.flatMap((type) =>
  SET_METRICS.flatMap((metric) => [
    { key: `${type}/${metric}` as const, type, metric, classIndex: null },
    ...CLASSES.map((_, k) => ({ key: `${type}/${metric}/${k}` as const, type, metric, classIndex: k })),
  ]),
);

/** Figures that are of no set of samples, as far as this moment has them. */
function otherKeys({ networks, losses }: Evidence): CurveKey[] {
  const ofNetworks: CurveKey[] = networks
    ? [
        'D_S/seen',
        'D_S/heldOut',
        'D_T/seen',
        'D_T/heldOut',
        'heard/A/F',
        'heard/A/judge',
        'heard/C/F',
        'heard/C/judge',
        'cycle/clean',
        'cycle/noisy',
        ...Object.keys(networks.gradients).map((term) => `gradient/${term}` as const),
      ]
    : [];
  return ['condition', ...ofNetworks, ...Object.keys(losses).map((term) => `loss/${term}` as const)];
}

const figureOf = (set: SetEvidence, { metric, classIndex }: SetFigure): number | null =>
  (classIndex === null ? set.all : set.classes[classIndex])?.[metric] ?? null;

/** Lines for a moment; a figure that was not measured has none. `anchors` are null where they are not known. */
export function evidenceTableLines(evidence: Evidence, anchors: PairAnchors | null): string {
  const line = (key: CurveKey, floor: number | null, ceiling: number | null): string => {
    const value = curveValue(evidence, key);
    return value === null ? '' : `${evidence.step},${key},${value},${floor ?? ''},${ceiling ?? ''}\n`;
  };
  const ofSets = SET_FIGURES.map((figure) => {
    const beside = anchors?.[figure.type];
    return line(
      figure.key,
      beside ? figureOf(beside.floor, figure) : null,
      beside ? figureOf(beside.ceiling, figure) : null,
    );
  });
  return [...ofSets, ...otherKeys(evidence).map((key) => line(key, null, null))].join('');
}
