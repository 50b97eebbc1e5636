/** Moments and evidence as tests of the timeline and of the diagnosis need them: made up, and complete. */
import {
  type NetworkEvidence,
  type PairAnchors,
  type SampleEvidence,
  SET_METRICS,
  type SetEvidence,
  type SetMetrics,
} from '../../diagnosis/evidence.ts';
import { samples } from '../../store/doubles.testing.ts';
import type { Moment } from '../../store/timeline.ts';

const metricsOf = (value: number): SetMetrics =>
  Object.fromEntries(SET_METRICS.map((name) => [name, value])) as SetMetrics;

const setOf = (value: number): SetEvidence => ({
  all: metricsOf(value),
  classes: [metricsOf(value / 2), null, metricsOf(value)],
});

export const networksOf = (step: number, heldOut: number | null = null): NetworkEvidence => ({
  step,
  gradients: { cycle: 0.25, identity: 1.5, adversarialS: 0.01 },
  discriminators: { S: { seen: 0.75, heldOut }, T: { seen: 0.8, heldOut } },
  cycle: { clean: 0.1, noisy: 0.12, noise: 0.1 },
  heard: null,
  ms: 3,
});

/** Figures of A, B and C, all alike. */
export const samplesOf = (step: number, value: number): SampleEvidence => ({
  step,
  sets: { A: setOf(value), B: setOf(value), C: setOf(value) },
  condition: 0.5,
  ms: 120,
});

/** A moment that is measured. */
export const momentOf = (id: number, step: number, more: Partial<Moment> = {}): Moment => ({
  id,
  step,
  final: false,
  task: 'valence',
  rows: samples(6),
  sets: null,
  placements: { pca: null, umap: null },
  networks: networksOf(step),
  samples: samplesOf(step, 0.5),
  ...more,
});

export const ANCHORS: PairAnchors = {
  A: { ceiling: setOf(0.8), floor: setOf(0.1) },
  B: { ceiling: setOf(0.9), floor: setOf(0.2) },
  C: { ceiling: setOf(0.8), floor: setOf(0.1) },
};
