/** The tables of the comparison on show, as page and files have them. */
import { useMemo } from 'react';
import { type ComparisonDocument, comparisonDocument } from '../../experiment/compare/tables.ts';
import { useStudioState } from '../../store/react.tsx';

/** Null without a comparison; `paper` adds the paper's rows. */
export function useDocument(): ComparisonDocument | null {
  const results = useStudioState((s) => s.compare.results);
  const paper = useStudioState((s) => s.view.paper);
  return useMemo(() => results && comparisonDocument(results, { paper }), [results, paper]);
}
