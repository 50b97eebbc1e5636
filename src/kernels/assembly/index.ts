/**
 * The kernel module: dense float32 arithmetic for networks and for distances, on memory it is given. Compiled by
 * `scripts/kernels.ts` into variants for what engines offer; `../machine.ts` is its face.
 */
export { between, scaled, squaredSum } from './elementwise';
export { panelsOf, tileRows } from './gemm';
export { dispatch, serve } from './threads';

import { WORKSPACE_BYTES } from './work';

/** A place of `bytes` bytes, at a multiple of 16, or a trap where memory is at its end. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(at: usize): void {
  heap.free(at);
}

/** Bytes of workspace every thread needs. */
export function workspaceBytes(): i32 {
  return WORKSPACE_BYTES;
}
