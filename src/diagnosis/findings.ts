/**
 * From what is known of a run to what is wrong with it. Applies the rules of `rules/` moment by moment; what they look for
 * stands there.
 */
import type { Evidence } from './evidence.ts';
import { FAILURES, type Finding } from './finding.ts';
import { RULES } from './rules/all.ts';
import type { FindingContext, Rule, Suspicion } from './rules/rule.ts';

export type { FindingContext } from './rules/rule.ts';

/** A suspicion with the step at which it came up; it is told once it has been confirmed. */
interface Standing {
  readonly since: number;
  readonly suspicion: Suspicion;
  readonly told: boolean;
}

type Standings = ReadonlyMap<string, Standing>;

/** What one rule holds after one more moment: suspicions of before that still hold are confirmed. */
function afterMoment(
  rule: Rule,
  before: Standings,
  history: readonly Evidence[],
  context: FindingContext,
  alone: boolean,
): Standings {
  const { step } = history[history.length - 1];
  return new Map(
    rule.suspect(history, context).map((suspicion) => {
      const earlier = before.get(suspicion.id);
      const told = earlier !== undefined || rule.atOnce === true || alone;
      return [suspicion.id, { since: earlier?.since ?? step, suspicion, told }];
    }),
  );
}

const order = ({ failure, type, classIndex }: Finding): number =>
  FAILURES.indexOf(failure) * 100 + 'ABC'.indexOf(type ?? 'A') * 10 + (classIndex ?? -1) + 1;

/**
 * The findings at every moment of a run, as they stood then; in the order of `FAILURES`. A finding is told when its rule
 * holds at the last two moments that it can judge; divergence at once, and so is all that a finished run of one moment
 * shows. `contextOf`: what was in force at each of them. Linear in the number of moments.
 */
export function findingsAlong(
  history: readonly Evidence[],
  contextOf: (evidence: Evidence) => FindingContext,
): readonly (readonly Finding[])[] {
  const standings = RULES.map((): Standings => new Map());
  const judged = RULES.map((): Evidence[] => []);
  return history.map((evidence) => {
    const context = contextOf(evidence);
    const alone = history.length === 1 && context.final === true;
    const found = RULES.flatMap((rule, r) => {
      if (rule.measured(evidence)) {
        judged[r].push(evidence);
        standings[r] = afterMoment(rule, standings[r], judged[r], context, alone);
      }
      return [...standings[r].values()];
    });
    return found
      .filter(({ told }) => told)
      .map(({ suspicion, since }): Finding => ({ ...suspicion, since }))
      .sort((a, b) => order(a) - order(b));
  });
}

/** What is wrong at the last of these moments, given all before it; see `findingsAlong`. Nothing where there is none. */
export function findings(history: readonly Evidence[], context: FindingContext): readonly Finding[] {
  return findingsAlong(history, () => context).at(-1) ?? [];
}
