/**
 * Which moments of a run are kept: many of the recent past, fewer of what is long ago, and so that memory stays bounded.
 * Pure; knows no worker.
 */
import { SYNTHETIC_TYPES, type SyntheticSets } from '../experiment/events.ts';
import type { Moment } from './timeline.ts';

/** Moments kept, and bytes of feature values among them. */
export interface Room {
  readonly moments: number;
  readonly bytes: number;
}
const ROOM: Room = { moments: 80, bytes: 192 * 2 ** 20 };

/** Bytes of the feature values of a moment's samples. */
export const bytesOf = (sets: SyntheticSets): number =>
  SYNTHETIC_TYPES.reduce((sum, type) => sum + sets[type].values.byteLength, 0);

/**
 * The moment that is missed least, among those that may go: the one that leaves the smallest gap for its age. The first
 * and the last two always stay, and the final one. Null where none may go.
 */
function mostDispensable(moments: readonly Moment[], mayGo: (moment: Moment) => boolean): Moment | null {
  const newest = moments.length - 1;
  let found: Moment | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < newest - 1; i++) {
    const moment = moments[i];
    if (moment.final || !mayGo(moment)) continue;
    // By their place in time, not by steps: the step of a final moment is that of an earlier one.
    const gap = moments[i + 1].id - moments[i - 1].id;
    const missed = gap / (moments[newest].id - moment.id);
    if (missed < least) {
      least = missed;
      found = moment;
    }
  }
  return found;
}

/** Moments that fit into the room: some left out, some without their feature values; `shown` keeps its own. */
export function thinned(
  moments: readonly Moment[],
  shown: number | null,
  room: Room = ROOM,
): readonly Moment[] {
  let kept = moments;
  const others = (moment: Moment) => moment.id !== shown;
  while (kept.length > room.moments) {
    const gone = mostDispensable(kept, others);
    if (!gone) break;
    kept = kept.filter((moment) => moment !== gone);
  }
  const holding = (moment: Moment) => others(moment) && moment.sets !== null;
  // What is not placed or measured yet needs its values for that, but not for ever: a map may never come.
  const settled = (moment: Moment) =>
    holding(moment) && moment.samples !== null && moment.placements.pca !== null;
  let bytes = kept.reduce((sum, { sets }) => sum + (sets ? bytesOf(sets) : 0), 0);
  while (bytes > room.bytes) {
    const gone =
      mostDispensable(kept, settled) ?? (bytes > 2 * room.bytes ? mostDispensable(kept, holding) : null);
    if (!gone?.sets) break;
    bytes -= bytesOf(gone.sets);
    kept = kept.map((moment) => (moment === gone ? { ...moment, sets: null } : moment));
  }
  return kept;
}
