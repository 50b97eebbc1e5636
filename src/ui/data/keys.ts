/** Keys for a list that shows entries of files, of which several may be equal: the entry, and how many equal ones came before. */
export function keysOf(entries: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const before = seen.get(entry) ?? 0;
    seen.set(entry, before + 1);
    return `${before} ${entry}`;
  });
}
