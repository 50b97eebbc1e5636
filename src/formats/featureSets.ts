/**
 * Which openSMILE feature set a list of names is, and whether two corpora may be trained on together. Three
 * incompatible sets have 1582 columns, so names decide, not the count alone.
 */
import { sharedFeatures } from '../corpus/match.ts';
import { counted } from './shorten.ts';

interface FeatureSet {
  readonly name: string;
  readonly size: number;
  /** Names that only this set has together. */
  readonly signature: readonly string[];
}

const FEATURE_SETS: readonly FeatureSet[] = [
  {
    name: 'emobase2010',
    size: 1582,
    signature: ['pcm_fftMag_mfcc_sma[0]_amean', 'pcm_loudness_sma_amean', 'F0final__Turn_numOnsets'],
  },
  {
    name: 'IS10',
    size: 1582,
    signature: ['mfcc_sma[0]_amean', 'pcm_loudness_sma_amean', 'F0final__Turn_onsetRate'],
  },
  {
    name: 'IS10-compat',
    size: 1582,
    signature: ['mfcc_sma[0]_amean', 'pcm_loudness_sma_amean', 'F0final__Turn_numOnsets'],
  },
  { name: 'emobase', size: 988, signature: ['pcm_intensity_sma_max', 'pcm_loudness_sma_max'] },
  { name: 'IS09', size: 384, signature: ['pcm_RMSenergy_sma_max', 'pcm_fftMag_mfcc_sma[1]_max'] },
  {
    name: 'eGeMAPSv02',
    size: 88,
    signature: ['F0semitoneFrom27.5Hz_sma3nz_amean', 'equivalentSoundLevel_dBp'],
  },
  { name: 'ComParE2016', size: 6373, signature: ['audspec_lengthL1norm_sma_range'] },
];

/** A file that lost a few columns is still of its set; one that lost more is something of its own. */
const LEAST_SHARE = 0.9;

/** `0, 1, 2 …` or `feat_0, feat_1 …`: pooled embeddings, as pandas names their columns. */
function isEmbedding(features: readonly string[]): boolean {
  if (features.length < 16) return false;
  const stem = features[0].replace(/\d+$/, '');
  return features.every((f) => f.startsWith(stem) && /^\d+$/.test(f.slice(stem.length)));
}

/** The name of a feature set, e.g. `emobase2010`, `embeddings (768)`, or null. */
export function featureSetName(features: readonly string[]): string | null {
  const names = new Set(features);
  const set = FEATURE_SETS.find(
    ({ size, signature }) =>
      features.length <= size &&
      features.length >= LEAST_SHARE * size &&
      signature.every((n) => names.has(n)),
  );
  if (set) return set.name;
  return isEmbedding(features) ? `embeddings (${features.length})` : null;
}

/** The known sets of exactly that many features, as one name, or null. */
export function featureSetOfSize(size: number): string | null {
  const names = FEATURE_SETS.filter((s) => s.size === size).map((s) => s.name);
  return names.length > 0 ? names.join(' or ') : null;
}

/** What keeps two corpora apart. */
export interface FeatureSetConflict {
  /** True where training makes no sense; false where it is possible on the shared features. */
  readonly blocking: boolean;
  readonly message: string;
}

interface Named {
  readonly name: string;
  readonly features: readonly string[];
}

/** Whether two corpora carry incompatible feature sets or share few features; null where they fit. */
export function featureSetConflict(a: Named, b: Named): FeatureSetConflict | null {
  const [setA, setB] = [featureSetName(a.features), featureSetName(b.features)];
  const known = setA !== null && setB !== null && setA !== setB;
  const shared = sharedFeatures(a.features, b.features).length;
  const both = `"${a.name}" is ${setA ?? 'of an unknown set'}, "${b.name}" ${setB ?? 'of an unknown set'}`;
  if (shared === 0) {
    return {
      blocking: true,
      message: `${both}: they share no feature. Extract both with the same feature set.`,
    };
  }
  if (known) {
    const message =
      `${both}: ${counted(shared, 'name')} agree, but the sets compute their features differently. ` +
      'Extract both with the same feature set.';
    return { blocking: true, message };
  }
  const most = Math.max(a.features.length, b.features.length);
  if (shared >= LEAST_SHARE * most) return null;
  return {
    blocking: false,
    message: `Only ${shared} of ${most} features have the same name in "${a.name}" and "${b.name}"; training uses those.`,
  };
}
