/**
 * The threads: each waits for work on the board, takes parts of it as long as there are any, and waits again. All share
 * one memory; the one that hands out the work takes parts like the others, and waits for parts, not for threads, so
 * that one that wakes late delays nobody. Which thread does a part does not change its result.
 */
import { doPart, WORKSPACE_BYTES } from './work';

/** Words of the board, in bytes: changes with every piece of work; parts not done; see `LEFT`; the work itself. */
const TURN: usize = 0;
const PENDING: usize = 4;
/** Parts that are not taken; below 0 where some looked in vain. */
const LEFT: usize = 8;
const WORK: usize = 12;
const PARTS: usize = 16;
const WORKSPACE: usize = 20;
const ARGUMENTS: usize = 24;

/** Looks at a word this many times before sleeping: some 100 µs, longer than what lies between two products of a step. */
const PATIENCE: i32 = 100000;

/** Waits until the word at `at` is no longer `value`; returns what it is. */
function waitWhile(at: usize, value: i32): i32 {
  for (let look = 0; look < PATIENCE; look++) {
    const now = atomic.load<i32>(at);
    if (now != value) return now;
  }
  let now = atomic.load<i32>(at);
  while (now == value) {
    atomic.wait<i32>(at, value, -1);
    now = atomic.load<i32>(at);
  }
  return now;
}

/** The next part that nobody has taken, or −1. */
function takePart(board: usize): i32 {
  if (atomic.load<i32>(board + LEFT) <= 0) return -1;
  // Whatever was on the board at the look before: this takes a part of what is there now.
  return max(atomic.sub<i32>(board + LEFT, 1), 0) - 1;
}

/** Does parts until all are taken, as thread number `thread`. */
function takeParts(board: usize, thread: i32): void {
  let part = takePart(board);
  while (part >= 0) {
    // Until this part is done the board stays as it is.
    const workspace = load<usize>(board + WORKSPACE) + <usize>thread * <usize>WORKSPACE_BYTES;
    doPart(load<i32>(board + WORK), board + ARGUMENTS, part, load<i32>(board + PARTS), workspace);
    if (atomic.sub<i32>(board + PENDING, 1) == 1) atomic.notify(board + PENDING, 1);
    part = takePart(board);
  }
}

/** Has the work on the board done, whose arguments must already lie there. */
export function dispatch(board: usize): void {
  const parts = load<i32>(board + PARTS);
  if (ASC_FEATURE_THREADS) {
    if (parts > 1) {
      const turn = load<i32>(board + TURN) + 1;
      atomic.store<i32>(board + PENDING, parts);
      atomic.store<i32>(board + LEFT, parts);
      atomic.store<i32>(board + TURN, turn);
      atomic.notify(board + TURN, -1);
      takeParts(board, 0);
      let pending = atomic.load<i32>(board + PENDING);
      while (pending != 0) pending = waitWhile(board + PENDING, pending);
      return;
    }
  }
  const workspace = load<usize>(board + WORKSPACE);
  for (let part = 0; part < parts; part++) {
    doPart(load<i32>(board + WORK), board + ARGUMENTS, part, parts, workspace);
  }
}

/** A thread's life, as number `thread`, for all work after turn `turn`; never returns. */
export function serve(board: usize, thread: i32, turn: i32): void {
  if (ASC_FEATURE_THREADS) {
    let seen = turn;
    while (true) {
      takeParts(board, thread);
      seen = waitWhile(board + TURN, seen);
    }
  }
}
