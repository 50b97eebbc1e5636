/** Numbers as people read them. Pure text, no state. */

const counts = new Intl.NumberFormat('en-GB');

/** 12345 → "12,345". */
export const formatCount = (n: number): string => counts.format(n);

/** "1 row", "2 rows". */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

/** Milliseconds as "8 s", "2 min 5 s" or "1 h 4 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** As `formatDuration`, without seconds that no estimate can promise. */
export const formatRoughly = (ms: number): string =>
  formatDuration(ms < 120_000 ? ms : Math.round(ms / 60_000) * 60_000);

/** Milliseconds of a step: "0.42 ms", "12 ms". */
export const formatStepTime = (ms: number): string =>
  `${ms < 10 ? ms.toPrecision(2) : formatCount(Math.round(ms))} ms`;

/** A loss value in four places at most: "0.0123", "1.23e-5". */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return value.toExponential(1);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** Bytes as "3.9 MB". */
export const formatBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
