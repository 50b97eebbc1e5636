/**
 * What to know about two corpora before one is to teach for the other: how far their features lie apart, which rows
 * they share, and what tells them apart without any emotion. Uses no label of either. Plain data; the page and the
 * command line show it.
 */
import type { Corpus } from './corpus.ts';
import { type SharedRows, sharedRows } from './duplicates.ts';
import { sharedViews } from './match.ts';
import { type FeatureShift, featureShifts } from './shift.ts';

/** Something about the pair that is worth a look; never certain. */
export interface PairHint {
  readonly code: 'duration' | 'bandwidth' | 'recording-level';
  readonly message: string;
}

export interface PairReport {
  /** Of every feature that both have by name, the strongest first. */
  readonly shifts: readonly FeatureShift[];
  readonly sharedRows: SharedRows;
  readonly hints: readonly PairHint[];
}

/** Features that measure how long an utterance is: directly, or by counting what happens in it. */
const DURATION = /duration|numOnsets/i;
/** A shift is strong from Cohen's "large" on, and among the strongest if few features have a stronger one. */
const LARGE = 0.8;
const STRONGEST_SHARE = 0.1;
const FEWEST_STRONGEST = 10;

function durationHint(shifts: readonly FeatureShift[]): PairHint[] {
  const strongest = shifts.slice(0, Math.max(FEWEST_STRONGEST, Math.floor(STRONGEST_SHARE * shifts.length)));
  const found = strongest.find(({ feature, d }) => DURATION.test(feature) && Math.abs(d) >= LARGE);
  if (!found) return [];
  const longer = found.d > 0 ? 'larger' : 'smaller';
  return [
    {
      code: 'duration',
      message:
        `"${found.feature}" is among the features that differ most (${longer} in the target). How long the ` +
        'sentences are tells these corpora apart without any emotion, a shortcut for a discriminator; consider ' +
        'leaving the feature out.',
    },
  ];
}

/** Functionals that say how strong a band is, not how it moves. */
const LEVEL = /_(?:amean|rqmean|quartile\d|percentile[\d.]+)$/;
/** Bands of openSMILE's feature sets, numbered from the lowest. */
const BAND = /^(?:pcm_)?(?:logMelFreqBand|audSpec_Rfilt|audspec_Rfilt|melspec)[^[]*\[(\d+)\]/i;
/** The mean of all log mel bands, which is all that sets without bands tell of level. */
const MFCC_0 = /mfcc_sma\[0\]/;
/** Beyond so many standard deviations the corpora hardly overlap. */
const EXTREME = 3;

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/**
 * Median shift of the level of the bands in the lower half and of those in the uppermost quarter, which is what half the
 * sampling rate loses; 0 where there are none.
 */
function bandShifts(shifts: readonly FeatureShift[]): { low: number; high: number } {
  const bands = shifts.flatMap(({ feature, d }) => {
    const number = LEVEL.test(feature) ? BAND.exec(feature)?.[1] : undefined;
    return number === undefined ? [] : [{ band: Number(number), d }];
  });
  const highest = bands.reduce((most, { band }) => Math.max(most, band), 0);
  return {
    low: median(bands.flatMap(({ band, d }) => (band <= highest / 2 ? [d] : []))),
    high: median(bands.flatMap(({ band, d }) => (band > (3 * highest) / 4 ? [d] : []))),
  };
}

function spectralHint(shifts: readonly FeatureShift[]): PairHint[] {
  const { low, high } = bandShifts(shifts);
  if (Math.abs(high) > EXTREME && Math.abs(high) > 2 * Math.abs(low)) {
    return [
      {
        code: 'bandwidth',
        message:
          `The upper frequency bands are far ${high < 0 ? 'weaker' : 'stronger'} in the target than in the source, ` +
          'the lower ones much less so. That may come of different sampling rates, codecs or microphones, which a ' +
          'discriminator can learn in place of the speech; if you can, extract both at the lower of the two rates.',
      },
    ];
  }
  const mfcc = median(
    shifts.flatMap(({ feature, d }) => (MFCC_0.test(feature) && LEVEL.test(feature) ? [d] : [])),
  );
  if (Math.abs(high) <= EXTREME && Math.abs(mfcc) <= EXTREME) return [];
  return [
    {
      code: 'recording-level',
      message:
        'The energy of all frequency bands, or MFCC 0, differs by more than three standard deviations. The corpora ' +
        'may differ in recording level, background noise, sampling rate or codec, which tells them apart without ' +
        'any emotion. Scaling each corpus by itself takes the offset away, not all of its traces.',
    },
  ];
}

/**
 * Reports on a pair over the features that both have by name. Takes no copy of either matrix, and time in proportion to
 * their values.
 */
export function reportPair(source: Corpus, target: Corpus): PairReport {
  const shared = sharedViews(source, target);
  const shifts = featureShifts(shared.source, shared.target, shared.features);
  return {
    shifts,
    sharedRows: sharedRows(shared.source, shared.target),
    hints: [...durationHint(shifts), ...spectralHint(shifts)],
  };
}
