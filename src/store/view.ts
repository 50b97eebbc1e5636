/** How the user wants to see things: theme, palette, what is switched on. Remembered between visits. */
import * as v from 'valibot';
import type { Slice } from './slice.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export const SAMPLE_GROUPS = ['source', 'A', 'B', 'C', 'target'] as const;
export type SampleGroup = (typeof SAMPLE_GROUPS)[number];

const ViewSchema = v.object({
  theme: v.picklist(THEMES),
  palette: v.picklist(['paper', 'safe']),
  map: v.picklist(['umap', 'pca']),
  hidden: v.array(v.picklist(SAMPLE_GROUPS)),
  logScale: v.boolean(),
});
export type ViewState = Readonly<v.InferOutput<typeof ViewSchema>>;

export const INITIAL_VIEW: ViewState = {
  theme: 'system',
  palette: 'paper',
  map: 'umap',
  hidden: [],
  logScale: false,
};

export interface ViewActions {
  set(change: Partial<ViewState>): void;
  /** Shows or hides a group of samples on the map. */
  toggleGroup(group: SampleGroup): void;
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
  const set = (change: Partial<ViewState>) => {
    slice.set(change);
    try {
      storage().setItem(KEY, JSON.stringify(slice.get()));
    } catch {
      // Without storage the choice holds for this visit only.
    }
  };
  return {
    set,
    toggleGroup(group) {
      const { hidden } = slice.get();
      set({ hidden: hidden.includes(group) ? hidden.filter((g) => g !== group) : [...hidden, group] });
    },
  };
}
