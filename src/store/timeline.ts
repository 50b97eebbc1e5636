/**
 * The moments of a run: snapshots of its samples with their places on the map and what is known of them, which one is on
 * show, and what was changed on the way. One position moves map, losses, figures and findings together. Knows how
 * moments are kept and thinned, not how they are computed.
 */
import type { Placement } from '../../workers/protocol.ts';
import type { Task } from '../corpus/corpus.ts';
import type { NetworkEvidence, PairAnchors, SampleEvidence } from '../diagnosis/evidence.ts';
import type { LiveChange, LiveRequest } from '../experiment/config.ts';
import type { RunEvent, SyntheticSets, SyntheticType } from '../experiment/events.ts';
import type { FrameKind } from './map.ts';
import type { Slice } from './slice.ts';

/** Class and origin of each synthetic row, by type: what colours and names its mark. */
export type SyntheticRows = Record<
  SyntheticType,
  { readonly classes: Int8Array; readonly origin: Int32Array }
>;

/** Where the samples of a moment lie in each frame; null until they are placed there. */
export type Placements = Readonly<Record<FrameKind, Readonly<Record<SyntheticType, Placement>> | null>>;

/** One moment of a run. */
export interface Moment {
  /** Counts up within the page; a moment keeps its number when others are thinned. */
  readonly id: number;
  /** GAN steps done; of the final one the step whose networks were kept. */
  readonly step: number;
  /** True for the samples of the finished GAN. */
  readonly final: boolean;
  readonly task: Task;
  readonly rows: SyntheticRows;
  /** Feature values, in training's scale; null once they were given up for room. */
  readonly sets: SyntheticSets | null;
  readonly placements: Placements;
  /** What only the networks knew; null where they were not asked. */
  readonly networks: NetworkEvidence | null;
  /** Null until measured. */
  readonly samples: SampleEvidence | null;
}

/** Training became a number that is none, and was taken back. */
export type Divergence = Omit<Extract<RunEvent, { type: 'diverged' }>, 'type'>;

export interface TimelineState {
  /** By time: the order of their numbers. */
  readonly moments: readonly Moment[];
  readonly changes: readonly LiveChange[];
  /** Asked for and not carried out yet: while a run is paused, until it goes on. */
  readonly pending: readonly LiveRequest[];
  readonly diverged: readonly Divergence[];
  /** Null until measured, and where there is no pair. */
  readonly anchors: PairAnchors | null;
  /** The moment on show by its number; null follows the newest. */
  readonly position: number | null;
  /** Moments a second while played back; null while not. */
  readonly playing: number | null;
  /** Milliseconds spent measuring: by the networks, for which training waited, and by the worker, for which it did not. */
  readonly cost: { readonly networks: number; readonly samples: number };
  readonly error: string | null;
}

export const INITIAL_TIMELINE: TimelineState = {
  moments: [],
  changes: [],
  pending: [],
  diverged: [],
  anchors: null,
  position: null,
  playing: null,
  cost: { networks: 0, samples: 0 },
  error: null,
};

export interface TimelineActions {
  /** Shows a moment by its number, and stops playing; null follows the newest. */
  seek(id: number | null): void;
  /** Plays from the moment on show, or from the first where that is the last, at so many moments a second. */
  play(speed: number): void;
  halt(): void;
}

/** So many of the newest moments may wait for their places before they are shown without any. */
const MAY_WAIT = 2;

/** The newest moment; the newest that has its places, where others have just come: else the map would blink. */
function newestOf(moments: readonly Moment[]): Moment | null {
  const recent = moments.slice(-1 - MAY_WAIT);
  return recent.findLast(({ placements }) => placements.pca !== null) ?? recent.at(-1) ?? null;
}

/** The moment on show; null while there is none. */
export const momentShown = ({ moments, position }: TimelineState): Moment | null =>
  (position === null ? undefined : moments.find(({ id }) => id === position)) ?? newestOf(moments);

/** How often the clock of playing ticks, at most, in milliseconds. */
const SLOWEST_TICK = 2000;

/** Seeking and playing; `schedule` calls back after so many milliseconds, and returns the way to call it off. */
export function createTimelineActions(
  slice: Slice<TimelineState>,
  schedule: (callback: () => void, ms: number) => () => void = later,
): TimelineActions {
  let cancel = () => {};
  const halt = () => {
    cancel();
    if (slice.get().playing !== null) slice.set({ playing: null });
  };
  const tick = () => {
    const state = slice.get();
    const { moments, playing } = state;
    if (playing === null) return;
    const shown = momentShown(state);
    const at = shown ? moments.indexOf(shown) : -1;
    const next = moments[at + 1];
    // The newest is reached: from here on it is followed, as new ones come.
    if (!next) return slice.set({ playing: null, position: null });
    slice.set({ position: next.id });
    cancel = schedule(tick, Math.min(SLOWEST_TICK, 1000 / playing));
  };
  return {
    seek(id) {
      halt();
      const { moments } = slice.get();
      // Of a moment that was thinned since, the one before stands for it.
      const there = id === null ? undefined : (moments.findLast((moment) => moment.id <= id) ?? moments[0]);
      slice.set({ position: there?.id ?? null });
    },
    play(speed) {
      halt();
      const state = slice.get();
      const { moments, position } = state;
      if (moments.length < 2) return;
      const atEnd = position === null || position === moments.at(-1)?.id;
      slice.set({ playing: speed, ...(atEnd && { position: moments[0].id }) });
      cancel = schedule(tick, Math.min(SLOWEST_TICK, 1000 / speed));
    },
    halt,
  };
}

function later(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
