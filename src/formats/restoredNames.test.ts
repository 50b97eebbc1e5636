import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { restoredName } from './restoredNames.ts';

/** R's make.names: what may not stand in a name becomes a point. */
const byR = (name: string) => name.replace(/[^\p{L}\p{N}._]/gu, '.');
/** MATLAB's matlab.lang.makeValidName: it becomes an underscore. */
const byMatlab = (name: string) => name.replace(/[^A-Za-z0-9_]/g, '_');
/** Programs that run underscores together, and leave none at the end. */
const runTogether = (name: string) => byMatlab(name).replace(/_+/g, '_').replace(/_$/, '');
const MANGLERS = { byR, byMatlab, runTogether };

/** Features that real sets have, one of each kind. */
const NAMES = [
  'mfcc_sma[0]_amean',
  'pcm_fftMag_mfcc_sma_de[14]_iqr1-2',
  'lspFreq_sma[7]_percentile99.0',
  'logMelFreqBand_sma_de[3]_pctlrange0-1',
  'pcm_loudness_sma_iqr2-3',
  'pcm_loudness_sma_de_percentile1.0',
  'F0final__Turn_onsetRate',
  'F0final_sma_amean',
  'F0semitoneFrom27.5Hz_sma3nz_percentile20.0',
  'loudness_sma3_pctlrange0-2',
  'logRelF0-H1-H2_sma3nz_amean',
  'logRelF0-H1-A3_sma3nz_stddevNorm',
  'slopeV0-500_sma3nz_amean',
  'slopeUV500-1500_sma3nz_amean',
  'slope500-1500_sma3_amean',
  'pcm_fftMag_fband250-650_sma_de_range',
  'pcm_fftMag_spectralRollOff25.0_sma_lpc0',
  'audSpec_Rfilt_sma_de[25]_peakRangeAbs',
  'mfcc1_sma3_amean',
  'F1amplitudeLogRelF0_sma3nz_amean',
  'voicingFinalUnclipped_sma_upleveltime75',
];

function namesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.csv')) return text.slice(0, text.indexOf('\n')).trim().split(';');
  return [...text.matchAll(/^@attribute (\S+) numeric/gim)].map(([, name]) => name);
}

const DATA = '../shared/data/native';
const SETS = ['is10.csv', 'is09.csv', 'egemaps_v02.csv', 'emobase2010_default.arff', 'egemaps_v02_lld.csv'];

describe.each(Object.entries(MANGLERS))('names mangled %s', (how, mangle) => {
  it('are restored, whatever the kind', () => {
    expect(NAMES.map((name) => restoredName(mangle(name)))).toEqual(NAMES);
  });

  it.skipIf(!existsSync(DATA))('are restored of every set (skipped without ../shared/data)', () => {
    for (const set of SETS) {
      // What ends in a bracket is no functional; run together, nothing tells it from a number in a name.
      const names = namesOf(`${DATA}/${set}`).filter((name) => how !== 'runTogether' || !name.endsWith(']'));
      expect(names.length).toBeGreaterThan(20);
      expect(names.map((name) => restoredName(mangle(name)))).toEqual(names);
    }
  });
});

it('names as openSMILE gave them, and others, stay', () => {
  const others = [
    'x',
    'x_1_2',
    'feature.1',
    'f_10',
    'mfcc_sma_de_amean',
    'a.b_c',
    'slope_1_2',
    'iqr1_2',
    '0',
    '',
  ];
  for (const name of [...NAMES, 'mfcc_sma[0]', ...others]) expect(restoredName(name)).toBe(name);
  if (existsSync(DATA)) {
    for (const set of SETS) {
      const names = namesOf(`${DATA}/${set}`);
      expect(names.map(restoredName)).toEqual(names);
    }
  }
});

it('MATLAB’s name of a descriptor loses the sign at its end', () => {
  expect(['mfcc_sma_0_', 'mfcc_sma.0.'].map(restoredName)).toEqual(['mfcc_sma[0]', 'mfcc_sma[0]']);
});
