/** How work is divided among threads: into shares of whole groups, in order. */

/** First of `count` items, in groups of `group`, that part `part` of `parts` does; for `part + 1`, where it ends. */
export function shareOf(count: i32, group: i32, part: i32, parts: i32): i32 {
  const groups = (count + group - 1) / group;
  return min(count, <i32>((<i64>groups * part) / parts) * group);
}
