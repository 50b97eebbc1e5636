/**
 * The threads: each waits for the next piece of work, does its part, and says so. All share one memory; the one that
 * hands out the work does part 0 itself. Memory layout of the board, 4 bytes each: turn, parts not yet done, work,
 * number of parts, workspace, arguments.
 */
import { doPart } from './work';

const TURN: usize = 0;
const PENDING: usize = 4;
const WORK: usize = 8;
const PARTS: usize = 12;
const WORKSPACE: usize = 16;
const ARGUMENTS: usize = 20;

/** Looks at a word this many times before sleeping: some tens of microseconds. */
const PATIENCE: i32 = 4000;

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

/** Does the work on the board with all its parts; the arguments must already lie there. */
export function dispatch(board: usize): void {
  const parts = load<i32>(board + PARTS);
  const workspace = load<usize>(board + WORKSPACE);
  if (ASC_FEATURE_THREADS) {
    if (parts > 1) {
      atomic.store<i32>(board + PENDING, parts - 1);
      atomic.add<i32>(board + TURN, 1);
      atomic.notify(board + TURN, parts - 1);
    }
  }
  doPart(load<i32>(board + WORK), board + ARGUMENTS, 0, parts, workspace);
  if (ASC_FEATURE_THREADS) {
    if (parts > 1) {
      let left = atomic.load<i32>(board + PENDING);
      while (left != 0) left = waitWhile(board + PENDING, left);
    }
  }
}

/** A thread's life, as part `part` of every piece of work after turn `turn`; never returns. */
export function serve(board: usize, part: i32, turn: i32): void {
  if (ASC_FEATURE_THREADS) {
    let seen = turn;
    while (true) {
      seen = waitWhile(board + TURN, seen);
      doPart(load<i32>(board + WORK), board + ARGUMENTS, part, load<i32>(board + PARTS), load<usize>(board + WORKSPACE));
      if (atomic.sub<i32>(board + PENDING, 1) == 1) atomic.notify(board + PENDING, 1);
    }
  }
}
