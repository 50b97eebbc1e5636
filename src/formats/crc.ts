/** CRC-32 as gzip and Parquet use it. Knows bytes only. */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** The checksum of some bytes; `before` is that of those in front of them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc & 255) ^ bytes[i]] ^ (crc >>> 8);
  return ~crc >>> 0;
}
