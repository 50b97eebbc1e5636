import { describe, expect, it } from 'vitest';
import type { Corpus } from './corpus.ts';
import { reportPair } from './pairReport.ts';
import { randomStream } from './random.ts';

/** A corpus of normal values, feature by feature moved by so many standard deviations. */
function corpus(name: string, shifts: Readonly<Record<string, number>>, rows = 200): Corpus {
  const random = randomStream(3, name);
  const features = Object.keys(shifts);
  const values = Float32Array.from(
    { length: rows * features.length },
    (_, i) => random.normal() + shifts[features[i % features.length]],
  );
  const utterances = Array.from({ length: rows }, (_, row) => `${name}${row}`);
  return {
    name,
    rows,
    features,
    values,
    utterances,
    speakers: null,
    emotions: null,
    labels: {},
    simulated: true,
  };
}

const plain = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`feature${i}`, 0]));
const BANDS = [0, 1, 2, 3, 4, 5, 6, 7];
/** Features of eight bands, each moved by what `of` says. */
const bands = (of: (band: number) => number) =>
  Object.fromEntries(
    BANDS.flatMap((band) =>
      ['amean', 'quartile1', 'stddev'].map((functional) => [
        `logMelFreqBand_sma[${band}]_${functional}`,
        functional === 'stddev' ? 0 : of(band),
      ]),
    ),
  );
const hints = (target: Readonly<Record<string, number>>) => {
  const still = Object.fromEntries(Object.keys(target).map((name) => [name, 0]));
  return reportPair(corpus('source', still), corpus('target', target)).hints;
};
const codes = (target: Readonly<Record<string, number>>) => hints(target).map(({ code }) => code);

describe('the report on a pair', () => {
  it('matches features by name and counts common rows by those', () => {
    const source = corpus('source', { own: 0, a: 0, b: 0 }, 30);
    const target = corpus('target', { b: 2, other: 0, a: -5 }, 40);
    const [b, a] = [source.values[3 * 7 + 2], source.values[3 * 7 + 1]];
    target.values.set([b, 99, a], 3 * 11);
    const report = reportPair(source, target);
    expect(report.shifts.map(({ feature }) => feature)).toEqual(['a', 'b']);
    expect(report.shifts[0].d).toBeLessThan(-3);
    expect(report.sharedRows).toEqual({ count: 1, examples: [[7, 11]] });
  });

  it('is empty of a pair that shares no feature', () => {
    expect(reportPair(corpus('source', { a: 0 }), corpus('target', { b: 0 }))).toEqual({
      shifts: [],
      sharedRows: { count: 0, examples: [] },
      hints: [],
    });
  });

  it('says nothing of a pair without signs', () => {
    expect(hints({ ...plain, F0final__Turn_duration: 0.2, ...bands(() => 1) })).toEqual([]);
  });

  it('names a duration among the strongest shifts, not one behind many others', () => {
    const [hint] = hints({ ...plain, F0final__Turn_duration: -1.5 });
    expect(hint.code).toBe('duration');
    expect(hint.message).toMatch(/^"F0final__Turn_duration" is among .*smaller in the target/);
    const moved = Object.fromEntries(Object.keys(plain).map((name) => [name, 2]));
    expect(codes({ ...moved, F0final__Turn_duration: -1.5 })).toEqual([]);
  });

  it('tells lost upper bands from another level', () => {
    expect(codes({ ...plain, ...bands((band) => (band > 5 ? -6 : -0.5)) })).toEqual(['bandwidth']);
    expect(codes({ ...plain, ...bands(() => -5) })).toEqual(['recording-level']);
    expect(codes({ ...plain, 'pcm_fftMag_mfcc_sma[0]_amean': 4 })).toEqual(['recording-level']);
    expect(codes({ ...plain, 'pcm_fftMag_mfcc_sma[10]_amean': 4 })).toEqual([]);
  });
});
