/** Training that runs away: a loss that became no number, or one that keeps growing. */
import { termLabel } from '../curves.ts';
import type { Evidence } from '../evidence.ts';
import { figure, told } from './figures.ts';
import { holdingBack } from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';

/** Losses that do not grow in training that goes well; adversarial ones and totals do, and pass 0 on their way. */
const WATCHED = ['identity', 'cycle', 'gradientPenaltyS', 'gradientPenaltyT'];

/**
 * Over this many moments a loss grows each time by this factor at least, and by this much in all; and it is this much
 * above all there was before, the first moments included, in which losses rise from nothing.
 */
const RISING = { moments: 4, each: 1.25, all: 5, before: 4, earliest: 3 };

const named = (term: string) => ({
  id: `divergence/${term}`,
  failure: 'divergence' as const,
  severity: 'critical' as const,
  type: null,
  classIndex: null,
  network: null,
  title: `Divergence: ${termLabel(term)}`,
});

/** Whether a term of the last moments grows faster and faster above all before. */
function rises(history: readonly Evidence[], term: string): boolean {
  if (history.length < RISING.earliest + RISING.moments) return false;
  const values = history.map(({ losses }) => losses[term] ?? Number.NaN);
  const window = values.slice(-RISING.moments);
  const before = Math.max(...values.slice(0, -RISING.moments + 1).filter(Number.isFinite));
  const grows = window.every((value, i) => i === 0 || value >= RISING.each * window[i - 1]);
  const last = window[window.length - 1];
  return grows && last >= RISING.all * window[0] && last >= RISING.before * before;
}

function lost(evidence: Evidence, context: FindingContext): Suspicion | null {
  const { diverged } = evidence;
  if (!diverged) return null;
  return {
    ...named(diverged.term),
    sentence: `At step ${diverged.step} “${termLabel(diverged.term)}” was no number any more; training went back to step ${diverged.restored}. With the same settings it may happen again.`,
    figures: figure(
      evidence,
      `loss/${diverged.term}`,
      `a number at every step, which it was not at ${diverged.step}`,
    ),
    remedies: holdingBack(context.settings.gan, true),
  };
}

function growing(history: readonly Evidence[], context: FindingContext): Suspicion | null {
  const evidence = history[history.length - 1];
  const term = WATCHED.find((name) => rises(history, name));
  if (term === undefined) return null;
  const before = history[history.length - RISING.moments].losses[term] ?? 0;
  return {
    ...named(term),
    sentence: `The loss “${termLabel(term)}” has grown from ${told(before)} to ${told(evidence.losses[term] ?? 0)} over the last ${RISING.moments} moments, by a quarter and more each time: training is running away.`,
    figures: figure(evidence, `loss/${term}`, `about ${told(before)}, as before`),
    remedies: holdingBack(context.settings.gan, false),
  };
}

/** Divergence, told at once. */
export const divergence: Rule = {
  measured: () => true,
  atOnce: true,
  suspect: (history, context) => {
    const finding = lost(history[history.length - 1], context) ?? growing(history, context);
    return finding ? [finding] : [];
  },
};
