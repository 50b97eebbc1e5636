/**
 * How each simulated feature behaves: its units, the shape of its distribution and how strongly activation
 * and valence move it. The figures are rounded, plausible values for acted speech, chosen by hand; no row of
 * any recorded corpus is in here. Knows nothing of rows, speakers or labels.
 */
import { EGEMAPS_NAMES, type EgemapsName } from './egemapsNames.ts';
import type { Random } from './random.ts';

/**
 * How a standardised value u becomes a value in the feature's units, with centre c and spread s:
 * `even` c + s·u; `skewed` c·exp(s·u), one long tail; `heavy` c + s·sinh(HEAVINESS·u), two long tails.
 */
type Shape = 'even' | 'skewed' | 'heavy';

/** `[shape, centre, spread, loading on activation, loading on valence]`. */
type Behaviour = readonly [Shape, number, number, number, number];

/** How long the tails of the `heavy` features are. */
const HEAVINESS = 1.1;

/** Of the features beyond eGeMAPS, the share that activation or valence moves at all. */
const LOADED_SHARE = 0.5;

/** Standard deviation of the loadings of the features beyond eGeMAPS. */
const EXTRA_LOADING = { activation: 0.6, valence: 0.38 };

/**
 * Activation raises loudness, pitch, its range, spectral flux and flattens the spectrum; valence is weaker
 * and sits on formants, pitch range, voice quality and the middle of the spectrum's slope.
 */
const BEHAVIOUR: Readonly<Record<EgemapsName, Behaviour>> = {
  'F0semitoneFrom27.5Hz_sma3nz_amean': ['even', 33, 6, 0.75, 0.2],
  'F0semitoneFrom27.5Hz_sma3nz_stddevNorm': ['skewed', 0.12, 0.4, 0.45, 0.3],
  'F0semitoneFrom27.5Hz_sma3nz_percentile20.0': ['even', 30, 6, 0.6, 0.1],
  'F0semitoneFrom27.5Hz_sma3nz_percentile50.0': ['even', 33, 6.5, 0.7, 0.15],
  'F0semitoneFrom27.5Hz_sma3nz_percentile80.0': ['even', 36, 6.5, 0.75, 0.3],
  'F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2': ['skewed', 5.5, 0.4, 0.45, 0.5],
  'F0semitoneFrom27.5Hz_sma3nz_meanRisingSlope': ['skewed', 75, 0.8, 0.35, 0.35],
  'F0semitoneFrom27.5Hz_sma3nz_stddevRisingSlope': ['skewed', 60, 0.9, 0.25, 0.2],
  'F0semitoneFrom27.5Hz_sma3nz_meanFallingSlope': ['skewed', 40, 0.8, 0.3, 0.3],
  'F0semitoneFrom27.5Hz_sma3nz_stddevFallingSlope': ['skewed', 25, 0.9, 0.2, 0.15],
  loudness_sma3_amean: ['even', 0.95, 0.2, 0.9, 0],
  loudness_sma3_stddevNorm: ['even', 0.76, 0.13, 0.3, -0.1],
  'loudness_sma3_percentile20.0': ['skewed', 0.3, 0.4, 0.5, 0.05],
  'loudness_sma3_percentile50.0': ['even', 0.8, 0.2, 0.8, 0],
  'loudness_sma3_percentile80.0': ['even', 1.5, 0.3, 0.9, 0],
  'loudness_sma3_pctlrange0-2': ['even', 1.2, 0.3, 0.75, -0.05],
  loudness_sma3_meanRisingSlope: ['even', 17, 4, 0.7, 0.05],
  loudness_sma3_stddevRisingSlope: ['skewed', 9.5, 0.3, 0.55, 0],
  loudness_sma3_meanFallingSlope: ['even', 16.5, 4.5, 0.65, 0.05],
  loudness_sma3_stddevFallingSlope: ['skewed', 9.5, 0.3, 0.5, 0],
  spectralFlux_sma3_amean: ['even', 0.57, 0.14, 0.9, -0.1],
  spectralFlux_sma3_stddevNorm: ['even', 0.92, 0.2, 0.25, -0.15],
  mfcc1_sma3_amean: ['even', 15, 6, -0.6, 0.3],
  mfcc1_sma3_stddevNorm: ['heavy', 1.1, 2.5, 0.1, -0.1],
  mfcc2_sma3_amean: ['even', 5, 8.5, -0.25, 0.4],
  mfcc2_sma3_stddevNorm: ['heavy', 1, 15, 0, 0.1],
  mfcc3_sma3_amean: ['even', 13.5, 7.5, 0.1, -0.35],
  mfcc3_sma3_stddevNorm: ['heavy', 1, 6, 0, 0],
  mfcc4_sma3_amean: ['even', -3, 9, -0.2, 0.3],
  mfcc4_sma3_stddevNorm: ['heavy', -1, 10, 0, 0],
  jitterLocal_sma3nz_amean: ['skewed', 0.027, 0.3, -0.25, -0.3],
  jitterLocal_sma3nz_stddevNorm: ['skewed', 1.1, 0.3, -0.1, -0.15],
  shimmerLocaldB_sma3nz_amean: ['even', 1.2, 0.27, -0.3, -0.3],
  shimmerLocaldB_sma3nz_stddevNorm: ['even', 0.82, 0.14, 0.1, 0.05],
  HNRdBACF_sma3nz_amean: ['even', 7, 2, 0.3, 0.4],
  HNRdBACF_sma3nz_stddevNorm: ['skewed', 0.45, 0.35, -0.15, -0.2],
  'logRelF0-H1-H2_sma3nz_amean': ['even', 8, 3.7, -0.35, 0.25],
  'logRelF0-H1-H2_sma3nz_stddevNorm': ['skewed', 1.05, 0.7, 0.1, -0.1],
  'logRelF0-H1-A3_sma3nz_amean': ['even', 20.5, 7, -0.65, 0.2],
  'logRelF0-H1-A3_sma3nz_stddevNorm': ['skewed', 0.5, 0.5, 0.3, 0],
  F1frequency_sma3nz_amean: ['even', 690, 110, 0.5, 0.35],
  F1frequency_sma3nz_stddevNorm: ['even', 0.36, 0.055, -0.1, 0.2],
  F1bandwidth_sma3nz_amean: ['even', 1300, 80, -0.25, -0.4],
  F1bandwidth_sma3nz_stddevNorm: ['skewed', 0.195, 0.25, 0.05, 0.25],
  F1amplitudeLogRelF0_sma3nz_amean: ['even', -96, 24, 0.4, 0.1],
  F1amplitudeLogRelF0_sma3nz_stddevNorm: ['even', -0.93, 0.22, 0.3, 0],
  F2frequency_sma3nz_amean: ['even', 1735, 100, 0.15, 0.55],
  F2frequency_sma3nz_stddevNorm: ['even', 0.152, 0.024, -0.1, 0.25],
  F2bandwidth_sma3nz_amean: ['even', 1030, 92, -0.15, -0.35],
  F2bandwidth_sma3nz_stddevNorm: ['skewed', 0.31, 0.2, 0.05, 0.15],
  F2amplitudeLogRelF0_sma3nz_amean: ['even', -94, 25, 0.45, 0.15],
  F2amplitudeLogRelF0_sma3nz_stddevNorm: ['even', -0.89, 0.22, 0.3, 0],
  F3frequency_sma3nz_amean: ['even', 2775, 85, 0.1, 0.5],
  F3frequency_sma3nz_stddevNorm: ['even', 0.096, 0.017, 0, 0.2],
  F3bandwidth_sma3nz_amean: ['even', 945, 75, -0.1, -0.3],
  F3bandwidth_sma3nz_stddevNorm: ['skewed', 0.335, 0.2, 0, 0.1],
  F3amplitudeLogRelF0_sma3nz_amean: ['even', -95, 25, 0.45, 0.15],
  F3amplitudeLogRelF0_sma3nz_stddevNorm: ['even', -0.86, 0.22, 0.3, 0],
  alphaRatioV_sma3nz_amean: ['even', -13, 6, 0.7, -0.25],
  alphaRatioV_sma3nz_stddevNorm: ['heavy', -0.65, 2, 0, 0],
  hammarbergIndexV_sma3nz_amean: ['even', 22, 6, -0.65, 0.3],
  hammarbergIndexV_sma3nz_stddevNorm: ['skewed', 0.43, 0.35, 0.3, 0],
  'slopeV0-500_sma3nz_amean': ['even', 0.02, 0.03, 0.45, -0.4],
  'slopeV0-500_sma3nz_stddevNorm': ['heavy', 0.6, 3, 0, 0],
  'slopeV500-1500_sma3nz_amean': ['even', -0.009, 0.008, 0.5, 0.45],
  'slopeV500-1500_sma3nz_stddevNorm': ['heavy', -1.2, 6, 0, 0],
  spectralFluxV_sma3nz_amean: ['even', 0.71, 0.17, 0.9, -0.1],
  spectralFluxV_sma3nz_stddevNorm: ['even', 0.74, 0.2, 0.15, -0.1],
  mfcc1V_sma3nz_amean: ['even', 22, 8.5, -0.65, 0.3],
  mfcc1V_sma3nz_stddevNorm: ['heavy', 0.55, 2, 0.1, 0],
  mfcc2V_sma3nz_amean: ['even', 4, 11, -0.25, 0.45],
  mfcc2V_sma3nz_stddevNorm: ['heavy', 0.8, 9, 0, 0.1],
  mfcc3V_sma3nz_amean: ['even', 16, 10.5, 0.1, -0.4],
  mfcc3V_sma3nz_stddevNorm: ['heavy', 0.9, 5, 0, 0],
  mfcc4V_sma3nz_amean: ['even', -6.5, 11.5, -0.2, 0.35],
  mfcc4V_sma3nz_stddevNorm: ['heavy', -1, 9, 0, 0],
  alphaRatioUV_sma3nz_amean: ['even', -8.5, 5, 0.35, -0.2],
  hammarbergIndexUV_sma3nz_amean: ['even', 18, 5.5, -0.35, 0.2],
  'slopeUV0-500_sma3nz_amean': ['even', -0.014, 0.02, 0.2, -0.2],
  'slopeUV500-1500_sma3nz_amean': ['even', 0.009, 0.0055, 0.15, 0.25],
  spectralFluxUV_sma3nz_amean: ['skewed', 0.38, 0.4, 0.55, -0.05],
  loudnessPeaksPerSec: ['even', 4.9, 0.9, 0.35, 0.25],
  VoicedSegmentsPerSec: ['even', 3.35, 0.85, 0.25, 0.35],
  MeanVoicedSegmentLengthSec: ['skewed', 0.165, 0.35, -0.2, 0.3],
  StddevVoicedSegmentLengthSec: ['skewed', 0.115, 0.45, -0.2, 0.25],
  MeanUnvoicedSegmentLength: ['skewed', 0.097, 0.4, -0.3, -0.3],
  StddevUnvoicedSegmentLength: ['skewed', 0.055, 0.7, -0.25, -0.2],
  equivalentSoundLevel_dBp: ['even', -18, 2.3, 0.85, 0],
};

/** The features of a simulated corpus, column by column. */
export interface FeatureModel {
  readonly names: readonly string[];
  /** Effect of one unit of latent activation on the standardised feature, `[features]`. */
  readonly activation: Float64Array;
  /** Effect of one unit of latent valence on the standardised feature, `[features]`. */
  readonly valence: Float64Array;
  /** Turns a standardised value of column `feature` into the feature's units. */
  inUnits(feature: number, standardised: number): number;
}

/** A feature without a name of its own: units and loadings at random. Draws six numbers whatever they say. */
function randomBehaviour(random: Random): Behaviour {
  const [shapeDraw, loadedDraw] = [random.uniform(), random.uniform()];
  const [size, place, a, v] = [random.normal(), random.normal(), random.normal(), random.normal()];
  const loaded = loadedDraw < LOADED_SHARE ? 1 : 0;
  const activation = loaded * EXTRA_LOADING.activation * a;
  const valence = loaded * EXTRA_LOADING.valence * v;
  const magnitude = Math.exp(size);
  if (shapeDraw < 0.7) return ['even', 3 * magnitude * place, magnitude, activation, valence];
  if (shapeDraw < 0.93) return ['skewed', magnitude, 0.4, activation, valence];
  return ['heavy', place, magnitude, activation, valence];
}

/**
 * The first `count` features: eGeMAPSv02 by name, then `simulated_89`, `simulated_90` … whose behaviour is
 * drawn from `random`. A smaller count is a prefix of a larger one.
 */
export function featureModel(count: number, random: Random): FeatureModel {
  const names = Array.from({ length: count }, (_, i) => EGEMAPS_NAMES[i] ?? `simulated_${i + 1}`);
  const behaviours = names.map((_, i) =>
    i < EGEMAPS_NAMES.length ? BEHAVIOUR[EGEMAPS_NAMES[i]] : randomBehaviour(random),
  );
  return {
    names,
    activation: Float64Array.from(behaviours, (b) => b[3]),
    valence: Float64Array.from(behaviours, (b) => b[4]),
    inUnits(feature, standardised) {
      const [shape, centre, spread] = behaviours[feature];
      if (shape === 'even') return centre + spread * standardised;
      if (shape === 'skewed') return centre * Math.exp(spread * standardised);
      return centre + spread * Math.sinh(HEAVINESS * standardised);
    },
  };
}
