/** One named part of the store, with reading and writing of that part only. Framework-free. */

import type { StoreApi } from 'zustand/vanilla';
import { failureOf } from '../experiment/failure.ts';

export interface Slice<T> {
  get(): T;
  set(change: Partial<T>): void;
}

/** The part `key` of a store; `set` merges into it and leaves the other parts as they are. */
export function sliceOf<S extends object, K extends keyof S>(store: StoreApi<S>, key: K): Slice<S[K]> {
  return {
    get: () => store.getState()[key],
    set: (change) =>
      store.setState((state) => ({ [key]: { ...state[key], ...change } }) as unknown as Partial<S>),
  };
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return failureOf(error).message;
}
