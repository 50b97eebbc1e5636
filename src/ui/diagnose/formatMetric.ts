/** Figures of the evidence as they stand beside their curves: short, so that three stand side by side. Pure text. */

/** "0.93", "1.07", "52.3", "0.055", "5.5e-4". */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  const size = Math.abs(value);
  const text =
    value === 0
      ? '0'
      : size < 1e-3 || size >= 1e5
        ? value.toExponential(1)
        : size < 0.0995
          ? value.toPrecision(2)
          : value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
  return text.replace(/^-/, '−');
}
