/**
 * Every figure of the evidence by a name, so that a finding can point at a curve and a chart can draw it. Pure; knows no
 * chart.
 */
import { CLASSES } from '../corpus/corpus.ts';
import type { GanTerm } from '../methods/events.ts';
import type { Evidence, SampleType, SetMetric } from './evidence.ts';

/** The name of a figure. */
export type CurveKey =
  | `${SampleType}/${SetMetric}`
  | `${SampleType}/${SetMetric}/${number}`
  | 'condition'
  | `gradient/${string}`
  | `D_${'S' | 'T'}/${'seen' | 'heldOut'}`
  | `heard/${'A' | 'C'}/${'F' | 'judge'}`
  | `cycle/${'clean' | 'noisy'}`
  | `loss/${string}`;

/** The metrics in words, as charts and findings name them. */
export const METRIC_LABELS: Readonly<Record<SetMetric, string>> = {
  precision: 'Precision',
  recall: 'Recall',
  density: 'Density',
  coverage: 'Coverage',
  mmd: 'MMD²',
  frechet: 'Fréchet distance',
  nearestNeighbour: '1-NN accuracy',
  vendi: 'Vendi score',
  variance: 'Variance ratio',
  modes: 'Modes found',
  displacement: 'Displacement',
  atHome: 'Still at home',
};

const TERM_LABELS: Readonly<Record<GanTerm, string>> = {
  adversarialST: 'adversarial S → T',
  adversarialTS: 'adversarial T → S',
  identity: 'identity',
  cycle: 'cycle',
  conditionalEmotion: 'conditional emotion',
  randomConditionalEmotion: 'random conditional emotion',
  semanticConsistency: 'semantic consistency',
  generatorTotal: 'total of the generators',
  classifierTask: 'task of the classifier',
  adversarialS: 'adversarial of D_S',
  adversarialT: 'adversarial of D_T',
  gradientPenaltyS: 'penalty of D_S',
  gradientPenaltyT: 'penalty of D_T',
  discriminatorTotal: 'total of the discriminators',
};

/** A loss term of the GAN in words, e.g. "penalty of D_S"; what is none as it is. */
export const termLabel = (term: string): string => TERM_LABELS[term as GanTerm] ?? term;

/** Mean of the shares that are there; null where none is. */
function meanOf(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length > 0 ? known.reduce((sum, share) => sum + share, 0) / known.length : null;
}

/** The figure's value at a moment; null where it was not measured. */
export function curveValue({ sets, condition, networks, losses }: Evidence, key: CurveKey): number | null {
  const [kind, name, part] = key.split('/');
  switch (kind) {
    case 'A':
    case 'B':
    case 'C': {
      const set = sets[kind];
      const metrics = part === undefined ? set?.all : set?.classes[Number(part)];
      return metrics?.[name as SetMetric] ?? null;
    }
    case 'condition':
      return condition;
    case 'gradient':
      return networks?.gradients[name] ?? null;
    case 'D_S':
    case 'D_T':
      return networks?.discriminators[kind === 'D_S' ? 'S' : 'T'][name as 'seen' | 'heldOut'] ?? null;
    case 'heard':
      return meanOf(networks?.heard?.[name as 'A' | 'C'][part as 'F' | 'judge'] ?? []);
    case 'cycle':
      return networks?.cycle[name as 'clean' | 'noisy'] ?? null;
    case 'loss':
      return losses[name] ?? null;
    default:
      return null;
  }
}

/** The figure in words, e.g. "Recall of B, high". */
export function curveLabel(key: CurveKey): string {
  const [kind, name, part] = key.split('/');
  switch (kind) {
    case 'A':
    case 'B':
    case 'C':
      return `${METRIC_LABELS[name as SetMetric]} of ${kind}${part === undefined ? '' : `, ${CLASSES[Number(part)]}`}`;
    case 'condition':
      return 'Z-ratio';
    case 'gradient':
      return `Gradient: ${termLabel(name)}`;
    case 'heard':
      return `${part === 'F' ? 'F_s' : 'Second judge'} hears ${name} as asked`;
    case 'cycle':
      return name === 'clean' ? 'Cycle error' : 'Cycle error under noise';
    case 'loss':
      return `Loss: ${termLabel(name)}`;
    default:
      return `Accuracy of ${kind}, ${name === 'seen' ? 'rows it learned' : 'rows held out'}`;
  }
}
