/** Which curve a finding points at: told by the findings, shown by the metrics. Knows neither panel. */
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { CurveKey } from '../../diagnosis/curves.ts';

interface Highlight {
  readonly curve: CurveKey | null;
  /** Points at a curve; null at none. */
  readonly point: (curve: CurveKey | null) => void;
}

const HighlightContext = createContext<Highlight | null>(null);

/** Stands around the findings and the metrics. */
export function HighlightProvider({ children }: { readonly children: ReactNode }) {
  const [curve, point] = useState<CurveKey | null>(null);
  const highlight = useMemo(() => ({ curve, point }), [curve]);
  return <HighlightContext value={highlight}>{children}</HighlightContext>;
}

/** The curve that is pointed at. @throws outside a `HighlightProvider`. */
export function useHighlight(): Highlight {
  const highlight = useContext(HighlightContext);
  if (!highlight) throw new Error('This component must stand inside a HighlightProvider.');
  return highlight;
}
