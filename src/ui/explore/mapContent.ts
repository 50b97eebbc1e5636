/**
 * From what the store knows of the map to what the map chart draws. Pure; arrays of a group are made once
 * for the same inputs, so that what did not change is not painted anew.
 */
import type { FrameUpdate } from '../../../workers/protocol.ts';
import type { MapPoints, PointReference } from '../../charts/map.ts';
import { type Corpus, corpusClasses, type Task } from '../../corpus/corpus.ts';
import { isReal } from '../../diagnosis/samples.ts';
import { SYNTHETIC_TYPES, type SyntheticType } from '../../experiment/events.ts';
import type { FrameKind } from '../../store/map.ts';
import type { Moment } from '../../store/timeline.ts';

/** Tells the name of a row of a corpus. */
type NameOf = (row: number) => string;

/** The real rows of one corpus on the map. */
export function realPoints(
  corpus: Corpus,
  rows: Int32Array,
  coordinates: Float32Array,
  task: Task,
  nameOf: NameOf,
): MapPoints {
  const classes = corpusClasses(corpus, task);
  return {
    coordinates,
    classes: Int8Array.from(rows, (row) => classes[row]),
    name: (i) => nameOf(rows[i]),
    rows,
  };
}

/** Names of the utterances that synthetic rows of a type were made from: A and B the source's, C the target's. */
export interface OriginNames {
  readonly source: NameOf;
  readonly target: NameOf;
}

/** The synthetic rows of a moment on a map of `kind`, of the types that have some; none where not placed there yet. */
export function syntheticPoints(
  { rows, placements }: Pick<Moment, 'rows' | 'placements'>,
  kind: FrameKind,
  names: OriginNames,
): Partial<Record<SyntheticType, MapPoints>> {
  const placed = placements[kind];
  if (!placed) return {};
  const points: Partial<Record<SyntheticType, MapPoints>> = {};
  for (const type of SYNTHETIC_TYPES) {
    const { classes, origin } = rows[type];
    if (classes.length === 0) continue;
    const nameOf = type === 'C' ? names.target : names.source;
    points[type] = { ...placed[type], classes, name: (i) => nameOf(origin[i]) };
  }
  return points;
}

/** The frame to show: the wished kind, or PCA until it is there. */
export function frameToShow(
  frames: Readonly<Record<FrameKind, FrameUpdate | null>>,
  wish: FrameKind,
): FrameUpdate | null {
  return frames[wish] ?? frames.pca;
}

/** The row of a type that was made in a moment from the same row under the same class; −1 where there is none. */
function sameSample(moment: Moment, type: SyntheticType, origin: number, k: number, guess: number): number {
  const rows = moment.rows[type];
  const isSame = (row: number) => rows.origin[row] === origin && rows.classes[row] === k;
  // Probe rows keep their numbers; the samples of a finished GAN are others, in another order.
  return isSame(guess) ? guess : rows.origin.findIndex((_, row) => isSame(row));
}

/**
 * Where a synthetic sample of the moment on show was at earlier moments and is now: `[x0, y0, x1, y1, …]`, oldest first.
 * Null for real rows, which stay, and where it was nowhere before.
 */
export function trailOf(
  moments: readonly Moment[],
  shown: Moment | null,
  point: PointReference | null,
  kind: FrameKind,
): Float32Array | null {
  if (!shown || !point || isReal(point.group)) return null;
  const { group: type, index } = point;
  const { origin, classes } = shown.rows[type];
  if (index >= origin.length) return null;
  const places: number[] = [];
  for (const moment of moments) {
    if (moment.task !== shown.task || moment.id > shown.id) continue;
    const at = moment.placements[kind]?.[type].coordinates;
    const row = sameSample(moment, type, origin[index], classes[index], index);
    if (at && row >= 0) places.push(at[2 * row], at[2 * row + 1]);
  }
  return places.length > 2 ? Float32Array.from(places) : null;
}
