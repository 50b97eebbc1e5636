/**
 * From what the store knows of the map to what the map chart draws. Pure; arrays of a group are made once
 * for the same inputs, so that what did not change is not painted anew.
 */

import type { FrameUpdate } from '../../../workers/protocol.ts';
import { type MapPoints, utteranceNames } from '../../charts/map.ts';
import { type Corpus, corpusClasses, type Task } from '../../corpus/corpus.ts';
import { SYNTHETIC_TYPES, type SyntheticType } from '../../experiment/events.ts';
import type { FrameKind, PlacedSnapshot } from '../../store/map.ts';

/** The real rows of one corpus on the map. */
export function realPoints(
  corpus: Corpus,
  rows: Int32Array,
  coordinates: Float32Array,
  task: Task,
): MapPoints {
  const classes = corpusClasses(corpus, task);
  return {
    coordinates,
    classes: Int8Array.from(rows, (row) => classes[row]),
    names: utteranceNames(corpus, rows),
  };
}

/** Names of the utterances that synthetic rows of a type were made from: A and B the source's, C the target's. */
export interface OriginNames {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** The synthetic rows of a snapshot on a map of `kind`, of the types that have some; none where not placed there yet. */
export function syntheticPoints(
  placed: PlacedSnapshot,
  kind: FrameKind,
  names: OriginNames,
): Partial<Record<SyntheticType, MapPoints>> {
  const placements = placed.placements[kind];
  if (!placements) return {};
  const points: Partial<Record<SyntheticType, MapPoints>> = {};
  for (const type of SYNTHETIC_TYPES) {
    const { classes, origin } = placed.rows[type];
    if (classes.length === 0) continue;
    const of = type === 'C' ? names.target : names.source;
    points[type] = { ...placements[type], classes, names: Array.from(origin, (row) => of[row]) };
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
