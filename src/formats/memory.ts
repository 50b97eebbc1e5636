/** Where matrices lie. Shared memory goes from worker to worker without a copy; where there is none, arrays are copied. */

/** Room for `length` numbers, shared between threads where the environment allows it. @throws RangeError when full. */
export function allocateValues(length: number): Float32Array {
  const isolated = typeof crossOriginIsolated === 'undefined' || crossOriginIsolated;
  if (typeof SharedArrayBuffer === 'undefined' || !isolated) return new Float32Array(length);
  return new Float32Array(new SharedArrayBuffer(4 * length));
}
