/** Vector arithmetic that every kernel shares. Knows no matrix. */

/** a · b + c; fused where the engine has relaxed SIMD, which rounds once instead of twice. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
