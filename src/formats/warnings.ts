/** Collects what the user should know about a file that was read all the same. */
import type { Warning } from './report.ts';

/** Notes a warning: its code, the place in words, what was found and done. */
export type Warn = (code: string, where: string, message: string) => void;

/** A list, beginning with those given, and the function that appends to it. */
export function collectWarnings(given: readonly Warning[] = []): { warnings: Warning[]; warn: Warn } {
  const warnings = [...given];
  return { warnings, warn: (code, where, message) => warnings.push({ code, where, message }) };
}
