/** How the user wants to see things: theme, palette, which map. Remembered between visits. */
import * as v from 'valibot';
import type { SampleSet } from '../experiment/events.ts';
import type { Slice } from './slice.ts';

export const THEMES = ['system', 'light', 'dark'] as const;

const ViewSchema = v.object({
  theme: v.picklist(THEMES),
  palette: v.picklist(['paper', 'colour-blind']),
  map: v.picklist(['umap', 'pca']),
  logScale: v.boolean(),
  /** Whether the paper's figures stand beside the comparison's. */
  paper: v.boolean(),
});
export interface ViewState extends Readonly<v.InferOutput<typeof ViewSchema>> {
  /** The row of the results looked at; null is the best. Not remembered: it belongs to a run. */
  readonly row: SampleSet | null;
}

export const INITIAL_VIEW: ViewState = {
  theme: 'system',
  palette: 'paper',
  map: 'umap',
  logScale: false,
  paper: false,
  row: null,
};

export interface ViewActions {
  set(change: Partial<ViewState>): void;
}

const KEY = 'ccemogan-studio/view';
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** What was remembered, or the defaults where nothing usable was: a browser may forbid storage. */
export function recallView(storage: () => Storage): ViewState {
  try {
    const parsed = v.safeParse(v.partial(ViewSchema), JSON.parse(storage().getItem(KEY) ?? '{}'));
    return parsed.success ? { ...INITIAL_VIEW, ...parsed.output } : INITIAL_VIEW;
  } catch {
    return INITIAL_VIEW;
  }
}

export function createViewActions(slice: Slice<ViewState>, storage: () => Storage): ViewActions {
  return {
    set(change) {
      slice.set(change);
      try {
        const { row: _, ...kept } = slice.get();
        storage().setItem(KEY, JSON.stringify(kept));
      } catch {
        // Without storage the choice holds for this visit only.
      }
    },
  };
}
