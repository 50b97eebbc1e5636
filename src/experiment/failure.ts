/** Errors as plain data. Apart from all else, so that workers that never train load no networks for it. */

/** An error as plain data: one from a worker must not lose its message on the way. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** What was thrown as plain data. */
export function failureOf(error: unknown): Failure {
  // DOMException is not an Error everywhere, but has the same two fields.
  if (error instanceof Error || error instanceof DOMException) {
    return { name: error.name, message: error.message };
  }
  return { name: 'Error', message: String(error) };
}
