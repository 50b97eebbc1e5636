/** Every rule. */
import { condition } from './condition.ts';
import { discriminators } from './discriminators.ts';
import { divergence } from './divergence.ts';
import { leaving } from './leaving.ts';
import { hiding, listening } from './listeners.ts';
import type { Rule } from './rule.ts';
import { spread } from './spread.ts';
import { terms } from './terms.ts';
import { translation } from './translation.ts';

export const RULES: readonly Rule[] = [
  divergence,
  leaving,
  spread,
  translation,
  condition,
  listening,
  hiding,
  discriminators,
  terms,
];
