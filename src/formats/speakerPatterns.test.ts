import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KNOWN_SPEAKERS } from './knownSpeakers.ts';
import { mostSteps, patternCost } from './patternCost.ts';
import { applyPattern, proposePattern } from './speakerPatterns.ts';

const speakersOf = (pattern: string, names: readonly string[]) => {
  const { speakers } = applyPattern(pattern, names);
  return speakers && Array.from(speakers.index, (i) => (i < 0 ? null : speakers.names[i]));
};

/** Two utterances of each of two speakers, in the corpora's own ways. */
const NAMES: Record<string, readonly [speakers: readonly [string, string], names: readonly string[]]> = {
  IEMOCAP: [
    ['Ses01F', 'Ses01M'],
    [
      'Ses01F_impro01_F000',
      'Session1/sentences/wav/Ses01F_script01_1/Ses01M_script01_1_F012.wav',
      'Ses01F_impro01_M003.wav',
      "'Ses01M_script03_2_MXX0.wav'",
    ],
  ],
  'MSP-IMPROV': [
    ['F01', 'M06'],
    [
      'MSP-IMPROV-S01A-F01-R-FM01.wav',
      'UTD-IMPROV-S20S-F01-S-MM04.avi',
      'MSP-IMPROV-S01A-M06-P-FM01',
      'session6/S01A/P/MSP-IMPROV-S01A-M06-P-FM02.wav',
    ],
  ],
  RAVDESS: [
    ['12', '01'],
    [
      '03-01-05-01-01-01-12.wav',
      'Actor_12/03-02-01-01-01-02-12.wav',
      'Actor_01/03-01-05-01-01-01-01.wav',
      '03-01-01-01-01-01-01',
    ],
  ],
  EmoDB: [
    ['03', '16'],
    ['03a01Fa.wav', 'emodb/03b10Wb', 'emodb_16a01Lc.wav', '16a05Fa.wav [0.00–1.50 s]'],
  ],
  'CREMA-D': [
    ['1001', '1091'],
    ['1001_DFA_ANG_XX.wav', '1001_IEO_HAP_HI', 'x/1091_TAI_NEU_XX.wav', '1091_WSI_SAD_XX'],
  ],
  SAVEE: [
    ['DC', 'KL'],
    ['DC_a01.wav', 'AudioData/DC/sa12.wav', 'KL_su03', 'AudioData/KL/n30.wav'],
  ],
  TESS: [
    ['OA', 'YA'],
    ['OAF_back_angry.wav', 'OA_bite_neutral.wav', 'YAF_dog_ps', 'x/YAF_dog_happy.wav'],
  ],
  ShEMO: [
    ['F01', 'M12'],
    ['F01A01.wav', 'female/F01N12', 'M12W03.wav', 'M12S44'],
  ],
  EMOVO: [
    ['f1', 'm2'],
    ['dis-f1-b1.wav', 'neu-f1-l4', 'm2/tri-m2-n1.wav', 'rab-m2-d2'],
  ],
  CaFE: [
    ['01', '12'],
    ['01-C-1-1.wav', '01-N-1-6', 'x/12-T-2-3.wav', '12-D-1-3.wav'],
  ],
  ESD: [
    ['0011', '0020'],
    ['0011_000351.wav', '0011/Angry/0011_000352.wav', '0020_001750', '0020_000001.wav'],
  ],
  'names with a word such as speaker or actor and a number': [
    ['Actor_01', 'speaker 2'],
    ['Actor_01/x.wav', 'data/Actor_01/y.wav', 'speaker 2/x.wav', 'b/speaker 2/y.wav'],
  ],
};

describe('patterns of known corpora', () => {
  it('are all tried here', () => {
    expect(Object.keys(NAMES).sort()).toEqual(KNOWN_SPEAKERS.map((k) => k.name).sort());
  });

  it.each(Object.entries(NAMES))(
    '%s is proposed for its names and finds their speakers',
    (corpus, [[a, b], names]) => {
      const proposed = proposePattern(names);
      expect(proposed?.name).toBe(corpus);
      expect(speakersOf(proposed?.pattern ?? '', names)).toEqual([a, a, b, b]);
    },
  );

  it.each(KNOWN_SPEAKERS.map((k) => [k.name, k.pattern]))(
    '%s is little work on the longest names',
    (_, pattern) => {
      expect(mostSteps(patternCost(pattern), 512)).toBeLessThan(2e8);
    },
  );

  it('are proposed for nothing else', () => {
    expect(proposePattern([])).toBeNull();
    expect(proposePattern(['a', 'b', 'c', 'd'])).toBeNull();
    expect(proposePattern(['MSP-PODCAST_0001_0008', 'MSP-PODCAST_0001_0009', 'row 1', 'row 2'])).toBeNull();
  });

  it('need two speakers, at most half as many as names, and 95 % of the names', () => {
    const emodb = (speaker: number, n: number) =>
      Array.from({ length: n }, (_, i) => `${10 + speaker}a${10 + i}Fa.wav`);
    expect(proposePattern(emodb(1, 10))).toBeNull();
    expect(proposePattern([...emodb(1, 1), ...emodb(2, 1), ...emodb(3, 1)])).toBeNull();
    const two = [...emodb(1, 47), ...emodb(2, 48)];
    expect(proposePattern([...two, ...Array(5).fill('silence')])?.name).toBe('EmoDB');
    expect(proposePattern([...two, ...Array(6).fill('silence')])).toBeNull();
  });
});

const DATA = '../shared/data/corpora';
describe.skipIf(!existsSync(DATA))('names of real corpora (skipped where ../shared/data is absent)', () => {
  it.each([
    ['emodb', 'EmoDB', 10],
    ['ravdess', 'RAVDESS', 24],
  ])('%s has the speakers that its file says', (corpus, name, count) => {
    const text = gunzipSync(readFileSync(`${DATA}/${corpus}_emobase2010.csv.gz`)).toString();
    const cells = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',', 2));
    const utterances = cells.map(([file]) => file);
    const proposed = proposePattern(utterances);
    expect(proposed?.name).toBe(name);
    const found = speakersOf(proposed?.pattern ?? '', utterances);
    expect(new Set(found).size).toBe(count);
    expect(found?.map((s) => `${corpus}_${s}`)).toEqual(cells.map(([, speaker]) => speaker));
  });
});

describe("a user's pattern", () => {
  it('gives the first group, groups put together, or the whole match, and counts what it misses', () => {
    const names = ['ab_1', 'cd_2', 'xyz', 'ab_3'];
    expect(speakersOf('^([a-z]+)_', names)).toEqual(['ab', 'cd', null, 'ab']);
    expect(speakersOf('(a|c).*(\\d)', names)).toEqual(['a1', 'c2', null, 'a3']);
    expect(speakersOf('^[a-z]{2}(?=_)', names)).toEqual(['ab', 'cd', null, 'ab']);
    const { matched, examples, error } = applyPattern('^([a-z]+)_', names);
    expect(matched).toBe(3);
    expect(error).toBeUndefined();
    expect(examples).toEqual([
      { utterance: 'ab_1', speaker: 'ab' },
      { utterance: 'cd_2', speaker: 'cd' },
      { utterance: 'xyz', speaker: null },
    ]);
  });

  it('finds nothing where it matches nothing, or the empty word', () => {
    expect(applyPattern('z', ['a'])).toMatchObject({ matched: 0, speakers: { names: [] } });
    expect(speakersOf('z*', ['a', 'z'])).toEqual([null, 'z']);
  });

  it.each([
    ['', /empty/],
    ['a(b', /never closed at character 2/],
    ['ab)', /without an opening one at character 3/],
    ['a[b', /never closed at character 2/],
    ['x[b-a]', /backwards at character 2/],
    ['*a', /nothing before it.* at character 1/],
    ['a**', /nothing before it.* at character 3/],
    ['{2}', /nothing before it.* at character 1/],
    ['a{3,1}', /backwards at character 2/],
    ['ab\\', /nothing after it at character 3/],
    ['(?#x)', /unknown kind of group at character 1/],
    ['(?<n>a)(?<n>b)', /no regular expression at character \d+/],
    ['('.repeat(5000), /more than a hundred groups at character 101/],
    ['(a+)+b', /for ever, at character 1/],
    ['x(a|aa)*b', /for ever, at character 2/],
    ['(?:a?b?)*c', /for ever, at character 1/],
    ['((ab*)c){2,}', /for ever, at character 1/],
    ['(?:a?){60}', /too many open repetitions/],
    ['.*.*.*.*.*.*.*x', /too many open repetitions/],
    ['(.*)(.*)\\1\\2.*x', /too many open repetitions/],
  ])('%j is refused with the place', (pattern, message) => {
    const result = applyPattern(pattern, ['a'.repeat(200)]);
    expect(result.error).toMatch(message);
    expect(result.speakers).toBeNull();
  });

  it('stops when time is up and says how far it came', () => {
    const begin = performance.now();
    const { error, speakers } = applyPattern('.*.*b', Array(10_000).fill('a'.repeat(600)), 200);
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(error).toMatch(/after 0.2 s, \d+ of 10000 names/);
    expect(speakers).toBeNull();
  });

  it('is given a bound or a place, whatever it is', () => {
    const pattern = fc.array(fc.constantFrom(...'ab.*+?{}()[]|^$\\-:=!<>,12_'), { maxLength: 12 });
    fc.assert(
      fc.property(pattern, (parts) => {
        const text = parts.join('');
        const { error, speakers } = applyPattern(text, ['ab_12', 'aaaaaaaaaaaaaaaaaaaaaaaa', '']);
        expect(error === undefined).toBe(speakers !== null);
        if (error && text) expect(error).toMatch(/at character \d+|too many open/);
      }),
      { numRuns: 2000 },
    );
  });
});
