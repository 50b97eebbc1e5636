/** Long text for messages and lists. Knows nothing of files. */

/** Text for a message: control characters shown as blanks, cut after 40 characters. */
export function shortened(text: string): string {
  const clean = text.replace(/\p{Cc}/gu, ' ');
  return clean.length > 40 ? `${clean.slice(0, 39)}…` : clean;
}

/** `"a", "b", "c" and 12 more`. */
export function listed(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map((n) => `"${shortened(n)}"`);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}

/** `1 row`, `2 rows`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
