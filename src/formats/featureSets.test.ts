import { describe, expect, it } from 'vitest';
import { featureSetConflict, featureSetName } from './featureSets.ts';

/** A list of some names filled up to a length. */
const filled = (names: readonly string[], length: number) => [
  ...names,
  ...Array.from({ length: length - names.length }, (_, i) => `f${i}_amean`),
];
const common = 'pcm_loudness_sma_amean';
const sets = {
  emobase2010: filled([common, 'pcm_fftMag_mfcc_sma[0]_amean', 'F0final__Turn_numOnsets'], 1582),
  IS10: filled([common, 'mfcc_sma[0]_amean', 'F0final__Turn_onsetRate'], 1582),
  'IS10-compat': filled([common, 'mfcc_sma[0]_amean', 'F0final__Turn_numOnsets'], 1582),
  emobase: filled(['pcm_intensity_sma_max', 'pcm_loudness_sma_max'], 988),
  IS09: filled(['pcm_RMSenergy_sma_max', 'pcm_fftMag_mfcc_sma[1]_max'], 384),
  eGeMAPSv02: filled(['F0semitoneFrom27.5Hz_sma3nz_amean', 'equivalentSoundLevel_dBp'], 88),
  ComParE2016: filled(['audspec_lengthL1norm_sma_range'], 6373),
  'embeddings (768)': Array.from({ length: 768 }, (_, i) => `${i}`),
};

describe('featureSetName', () => {
  it.each(Object.entries(sets))('knows %s by its names', (name, features) => {
    expect(featureSetName(features)).toBe(name);
  });

  it('still knows a set that lost a few columns, not one that lost many', () => {
    expect(featureSetName(sets.emobase2010.slice(0, 1580))).toBe('emobase2010');
    expect(featureSetName(sets.emobase2010.slice(0, 800))).toBeNull();
  });

  it('does not go by the count alone', () => {
    expect(featureSetName(filled(['x'], 1582))).toBeNull();
    expect(featureSetName(['0', '1'])).toBeNull();
  });
});

describe('featureSetConflict', () => {
  const corpus = (name: string, features: readonly string[]) => ({ name, features });

  it('is none between corpora of one set', () => {
    expect(featureSetConflict(corpus('a', sets.IS10), corpus('b', sets.IS10))).toBeNull();
  });

  it('names both of two incompatible sets with 1582 features', () => {
    const conflict = featureSetConflict(corpus('a', sets.emobase2010), corpus('b', sets['IS10-compat']));
    expect(conflict).toMatchObject({ blocking: true });
    expect(conflict?.message).toContain('"a" is emobase2010, "b" IS10-compat');
  });

  it('blocks corpora that share nothing and names a few shared features', () => {
    const none = featureSetConflict(corpus('a', ['x', 'y']), corpus('b', ['z']));
    expect(none).toMatchObject({ blocking: true });
    const few = featureSetConflict(corpus('a', ['x', 'y', 'z']), corpus('b', ['z', 'x']));
    expect(few).toEqual({
      blocking: false,
      message: 'Only 2 of 3 features have the same name in "a" and "b"; training uses those.',
    });
  });
});
