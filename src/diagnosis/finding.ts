/** What a finding is: a failure by name, with its severity, its figures, and what can be done about it. Plain data. */
import type { LiveRequest } from '../methods/live.ts';
import type { SettingsPatch } from '../methods/settings.ts';
import type { CurveKey } from './curves.ts';
import type { SampleType } from './evidence.ts';

/** The failures, in the order in which they are told. */
export const FAILURES = [
  'divergence',
  'mode-collapse',
  'mode-dropped',
  'shrinkage',
  'no-translation',
  'z-ignored',
  'z-dominates',
  'f-fooled',
  'steganography',
  'd-wins',
  'd-blind',
  'd-overfits',
  'term-drowns',
] as const;
export type Failure = (typeof FAILURES)[number];

/** `critical`: the samples cannot be of use; `warning`: they suffer; `notice`: worth a look. */
export type Severity = 'critical' | 'warning' | 'notice';

/** A figure that speaks for a finding, and what it should be. */
export interface FindingFigure {
  readonly curve: CurveKey;
  readonly value: number;
  /** In words, e.g. "about 0.80, as real rows have it". */
  readonly expected: string;
}

/** What can be done at a click. */
export type Remedy =
  /** Carried out in the run that goes. */
  | { readonly kind: 'live'; readonly label: string; readonly request: LiveRequest }
  /** Changes settings of the next run, since this one cannot be changed so any more. */
  | { readonly kind: 'next'; readonly label: string; readonly settings: SettingsPatch };

export interface Finding {
  /** The same as long as the same is wrong with the same samples. */
  readonly id: string;
  readonly failure: Failure;
  readonly severity: Severity;
  /** What is concerned: a type of samples, perhaps one class of it; a network; a loss term. */
  readonly type: SampleType | null;
  /** 0, 1, 2; null where all classes are concerned. */
  readonly classIndex: number | null;
  readonly network: 'D_S' | 'D_T' | 'G_ST' | 'G_TS' | 'F_s' | null;
  /** E.g. "Mode collapse: type B, high". */
  readonly title: string;
  /** One sentence in plain words. */
  readonly sentence: string;
  readonly figures: readonly FindingFigure[];
  readonly remedies: readonly Remedy[];
  /** The step from which on it has held. */
  readonly since: number;
}
