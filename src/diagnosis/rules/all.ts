/** Every rule. */
import type { Rule } from './rule.ts';

export const RULES: readonly Rule[] = [];
