/** Text in which network names stand as in the paper: "G_ST" with a lowered index. */
import { Fragment } from 'react';

export function Terms({ text }: { text: string }) {
  // Every odd part is the index of the name before it.
  return text.split(/(?<=\b[A-Z])_([A-Za-z]{1,2})\b/).map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <sub key={key}>{part}</sub> : <Fragment key={key}>{part}</Fragment>;
  });
}
