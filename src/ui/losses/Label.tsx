/** Text of a chart outside of it: subscripts as the charts write them. */
import { Fragment } from 'react';

/** Text with `<sub>` as Plotly reads it. */
export function Label({ text }: { readonly text: string }) {
  return text.split(/<sub>|<\/sub>/).map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <sub key={key}>{part}</sub> : <Fragment key={key}>{part}</Fragment>;
  });
}
