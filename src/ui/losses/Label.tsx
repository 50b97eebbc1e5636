/** Text of a chart outside of it, and of what is said of it: subscripts as they should look. */
import { Fragment } from 'react';

/** Text with `<sub>` as Plotly reads it. */
export function Label({ text }: { readonly text: string }) {
  return text.split(/<sub>|<\/sub>/).map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <sub key={key}>{part}</sub> : <Fragment key={key}>{part}</Fragment>;
  });
}

/** Plain text in which networks are written with an underscore, e.g. "D_T" or "G_ST". */
export function Symbols({ text }: { readonly text: string }) {
  return <Label text={text.replaceAll(/\b([DFG])_(ST|TS|[STs])\b/g, '$1<sub>$2</sub>')} />;
}
