/**
 * What figures of fidelity mean: three verdicts with a sentence each. Thresholds stand relative to what one half of the
 * real rows shows against the other, since no sample can be nearer to the real rows than they are to themselves.
 */
import type { Fidelity, Verdict } from './reports.ts';

/** Figures of a type, of real rows (`ceiling`), and of where it began. */
export interface FidelityFigures {
  /** Mean Kolmogorov-Smirnov distance over all features. */
  readonly shift: { readonly after: number; readonly before: number; readonly ceiling: number };
  /** Median over the features of ln(deviation of the set / that of the reference), and the median of its size. */
  readonly spread: { readonly log: number; readonly size: number; readonly ceiling: number };
  readonly correlations: Fidelity['correlations'];
}

/** Up to the first a pass, up to the second a warning. */
type Limits = readonly [pass: number, warn: number];

/**
 * Share of the shift that is left. Where there was next to none to remove, the share is taken of `LEAST_SHIFT`, a
 * distance that is hardly seen in two histograms.
 */
const SHIFT_LEFT: Limits = [0.3, 0.7];
const LEAST_SHIFT = 0.1;
/** Factor by which deviations differ beyond those of the halves: a quarter is hardly seen, half of the spread is. */
const SPREAD: Limits = [Math.log(1.25), Math.log(1.6)];
/** Difference of correlations beyond that of the halves, as a share of the size of the real ones. */
const CORRELATION: Limits = [0.2, 0.4];
/** Real correlations smaller than this are taken for as large: chance alone gives such ones. */
const LEAST_CORRELATION = 0.1;

const judged = (value: number, [pass, warn]: Limits): Verdict =>
  value <= pass ? 'pass' : value <= warn ? 'warn' : 'fail';

const percent = (share: number) => `${Math.round(100 * share)} %`;

type Judged = Fidelity['verdicts'][number];

function shiftVerdict({ after, before, ceiling }: FidelityFigures['shift']): Judged {
  const left = Math.max(0, after - ceiling) / Math.max(before - ceiling, LEAST_SHIFT);
  const sentence =
    `Features lie ${after.toFixed(2)} from the real ones (KS), the other corpus lies ${before.toFixed(2)}, and real ` +
    `rows among themselves ${ceiling.toFixed(2)}: ${left > 1 ? 'farther off than the other corpus' : `${percent(left)} of the shift is left`}.`;
  return { name: 'Shift removed', verdict: judged(left, SHIFT_LEFT), sentence };
}

function spreadVerdict({ log, size, ceiling }: FidelityFigures['spread']): Judged {
  const verdict = judged(size - ceiling, SPREAD);
  const ratio = Math.exp(log);
  const how = Math.abs(log) < Math.log(1.1) ? 'as wide as' : ratio < 1 ? 'narrower than' : 'wider than';
  const uneven =
    verdict !== 'pass' && how === 'as wide as' ? ', but unevenly: some wider, some narrower' : '';
  const sentence = `Standard deviations are ${ratio.toFixed(2)} times the real ones in the median: ${how} real rows${uneven}.`;
  return { name: 'Spread kept', verdict, sentence };
}

function correlationVerdict({ after, before, ceiling, real }: FidelityFigures['correlations']): Judged {
  const lost = Math.max(0, after - ceiling) / Math.max(real, LEAST_CORRELATION);
  const sentence =
    `Correlations between features differ by ${after.toFixed(2)} from the real ones, which are ${real.toFixed(2)} in size; ` +
    `those of the other corpus by ${before.toFixed(2)}, of real rows among themselves by ${ceiling.toFixed(2)}.`;
  return { name: 'Correlations kept', verdict: judged(lost, CORRELATION), sentence };
}

/** The three verdicts, in the order in which they are told. */
export const verdictsOf = ({ shift, spread, correlations }: FidelityFigures): Fidelity['verdicts'] => [
  shiftVerdict(shift),
  spreadVerdict(spread),
  correlationVerdict(correlations),
];
