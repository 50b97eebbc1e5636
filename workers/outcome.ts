/** Errors as plain data on their way to the page: the channel between threads would lose their names. */
import type { Outcome } from './protocol.ts';

/** Runs some work; an error it throws is returned with its name and message. */
export async function outcome<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    // DOMException is not an Error everywhere, but has the same two fields.
    if (error instanceof Error || error instanceof DOMException) {
      return { ok: false, error: { name: error.name, message: error.message } };
    }
    return { ok: false, error: { name: 'Error', message: String(error) } };
  }
}
