/**
 * The address of tfjs's own WASM binary as the bundler serves it, for engines without SIMD, which take the plain one
 * whatever is asked for; for workers only, because Node reads files.
 */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';

export const WASM_FILES = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': plain,
  'tfjs-backend-wasm-threaded-simd.wasm': plain,
};
