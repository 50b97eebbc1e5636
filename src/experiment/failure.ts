/** Errors as plain data. Apart from all else, so that workers that never train load no networks for it. */

import { FormatError } from '../formats/report.ts';

/** An error as plain data: one from a worker must not lose its message on the way. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** Of bad input that could be read all the same: the reading rule that does it. */
  readonly remedy?: FormatError['remedy'];
}

/** What was thrown as plain data. */
export function failureOf(error: unknown): Failure {
  // DOMException is not an Error everywhere, but has the same two fields.
  if (error instanceof Error || error instanceof DOMException) {
    const { name, message } = error;
    const remedy = error instanceof FormatError ? error.remedy : undefined;
    return remedy ? { name, message, remedy } : { name, message };
  }
  return { name: 'Error', message: String(error) };
}
