/** Errors as plain data on their way to the page: the channel between threads would lose their names. */
import { failureOf } from '../src/experiment/failure.ts';
import type { Outcome } from './protocol.ts';

/** Runs some work; an error it throws is returned with its name and message. */
export async function outcome<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}
