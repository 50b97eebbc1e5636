/**
 * What a rule is: a pure function from what is known of a moment to what is wrong in it. Rules know figures, anchors and
 * settings; no rows, no network, no page, and no label of the target.
 */
import type { Settings } from '../../methods/settings.ts';
import type { Evidence, PairAnchors } from '../evidence.ts';
import type { Finding } from '../finding.ts';

/** What rules know besides the figures. */
export interface FindingContext {
  /** Null until measured: what stands beside anchors is then not told. */
  readonly anchors: PairAnchors | null;
  /** Every setting in force, changes included: remedies are numbers that come of them. */
  readonly settings: Settings;
  /** GAN steps planned; absent where unknown, and what is normal early on is then not told. */
  readonly planned?: number;
  /** Whether the last moment is that of the finished GAN: where it is the only one, it counts alone. */
  readonly final?: boolean;
}

/** What is wrong at one moment; since when is for others to say. */
export type Suspicion = Omit<Finding, 'since'>;

export interface Rule {
  /** Whether the moment tells what the rule asks for; the rule passes over others. */
  readonly measured: (evidence: Evidence) => boolean;
  /** What is wrong at the last of these moments, of which there is one at least; told at once instead of at the second in a row where set. */
  readonly atOnce?: boolean;
  readonly suspect: (history: readonly Evidence[], context: FindingContext) => readonly Suspicion[];
}
