/** Switches relaxed SIMD on in Node 20, which knows it and hides it; newer ones have it on and ignore the flag. */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--experimental-wasm-relaxed-simd');
