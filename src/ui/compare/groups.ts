/** The methods in the groups in which the page shows them, and how single figures are called. Pure. */
import type { Cell } from '../../experiment/compare/cells.ts';
import { METHOD_DESCRIPTIONS, METHOD_NAMES, type MethodName } from '../../experiment/compare/config.ts';

export const METHOD_GROUPS = ['bounds', 'published', 'paper', 'controls'] as const;
export type MethodGroup = (typeof METHOD_GROUPS)[number];

export const GROUP_TITLES: Record<MethodGroup, string> = {
  bounds: 'Bounds and baseline',
  published: 'Published methods',
  paper: 'This paper',
  controls: 'Controls',
};

/** As in the legend of a chart, which has less room. */
export const GROUP_NAMES: Record<MethodGroup, string> = {
  bounds: 'Bounds',
  published: 'Published',
  paper: 'This paper',
  controls: 'Controls',
};

const GROUPS: Record<MethodName, MethodGroup> = {
  within: 'bounds',
  'source-only': 'bounds',
  dann: 'published',
  cyclegan: 'published',
  cycada: 'published',
  cyemogan: 'published',
  ccemogan: 'paper',
  coral: 'controls',
  mixup: 'controls',
  noise: 'controls',
};

export const groupOf = (method: MethodName): MethodGroup => GROUPS[method];

export const methodsOfGroup = (group: MethodGroup): MethodName[] =>
  METHOD_NAMES.filter((method) => groupOf(method) === group);

const RECOGNISERS = { dnn: 'DNN', svm: 'SVM' } as const;

/** E.g. "CCEmoGAN OB", "DANN", "Within target, SVM". */
export function cellLabel({ method, samples, corpus, recogniser }: Cell): string {
  if (corpus && recogniser) return `Within ${corpus}, ${RECOGNISERS[recogniser]}`;
  const { title } = METHOD_DESCRIPTIONS[method];
  return samples === 'O' ? title : `${title} ${samples}`;
}
