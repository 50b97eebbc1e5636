import { describe, expect, it } from 'vitest';
import { tinyCorpora } from '../tiny.testing.ts';
import { ComparisonConfigSchema, parseAs } from './config.ts';
import { fingerprints } from './fingerprint.ts';
import { IdentitySchema, identityDifferences, identityOf, joinUnits, sameProgram } from './identity.ts';
import { UnitResultSchema } from './unit.ts';
import { testConfig, testCorpora, testRow, testUnit } from './units.testing.ts';

describe('the identity of a comparison', () => {
  const ours = identityOf(testConfig(), testCorpora, 'v1');

  it('is the same for the same configuration and corpora, and else names every difference', () => {
    expect(identityDifferences(ours, structuredClone(ours))).toEqual([]);
    const theirs = structuredClone(ours);
    theirs.config.settings.gan.steps = 7;
    theirs.config.seeds = [1, 2];
    theirs.corpora.target.hash = '0000000000000000';
    expect(identityDifferences(ours, theirs)).toEqual([
      `config.settings.gan.steps is ${ours.config.settings.gan.steps} here and 7 there`,
      'config.seeds is [1,2,3] here and [1,2] there',
      'corpora.target.hash is "fedcba9876543210" here and "0000000000000000" there',
    ]);
  });

  it('leaves out what decides no figure: order of methods, snapshots, names of corpora', () => {
    const other = structuredClone(ours);
    other.config.methods.reverse();
    other.config.settings.snapshot.every = 7;
    other.corpora.source.name = 'renamed';
    expect(identityDifferences(ours, parseAs(IdentitySchema, other, 'identity'))).toEqual([]);
  });

  it('has the version of the program, empty where an older file notes none, which fits every other', () => {
    const { program: _, ...older } = ours;
    const read = parseAs(IdentitySchema, older, 'identity');
    expect(read).toEqual({ ...ours, program: '' });
    expect(sameProgram(ours, read)).toBe(true);
    expect(sameProgram(ours, { ...ours, program: 'v2' })).toBe(false);
    expect(sameProgram(ours, { ...ours })).toBe(true);
    expect(identityDifferences(ours, { ...ours, program: 'v2' })).toEqual([]);
  });

  it('changes with any value, label, speaker or name of a feature', () => {
    const { source, target } = tinyCorpora();
    const hash = (corpus: typeof target) =>
      fingerprints({ source, target: corpus }, 'activation').target.hash;
    const same = hash(target);
    expect(hash({ ...target, values: target.values.slice() })).toBe(same);
    const values = target.values.slice();
    values[values.length - 1] += 1e-6;
    const features = target.features.toSorted();
    const changed = [
      { ...target, values },
      { ...target, features: features[0] === target.features[0] ? target.features.toReversed() : features },
      { ...target, labels: {} },
      { ...target, speakers: null },
    ];
    expect(new Set([same, ...changed.map(hash)]).size).toBe(5);
    expect(fingerprints({ source, target }, 'valence').target.hash).not.toBe(same);
  });
});

describe('parts of a comparison', () => {
  const unit = testUnit('source-only', 1, [testRow('source-only', [5, 6])]);

  it('are joined where the same unit has the same figures, however long it took', () => {
    const again = { ...unit, seconds: 99 };
    const other = testUnit('ccemogan', 1, []);
    const found = [unit, again, other].map((result, i) => ({ result, where: `part ${i}` }));
    expect(joinUnits(found)).toEqual([unit, other]);
  });

  it('are refused where it has not, naming both places', () => {
    const changed = testUnit('source-only', 1, [testRow('source-only', [5, 7])], { backend: 'cpu' });
    const found = [unit, changed].map((result, i) => ({ result, where: `part ${i}` }));
    expect(() => joinUnits(found)).toThrow(
      /source-only-1 has different figures in part 0 and part 1 .computed on wasm and cpu/,
    );
  });
});

describe('what is read back', () => {
  it('is checked, with the path of what is wrong', () => {
    const unit = testUnit('ccemogan', 2, [testRow('OB', [5])]);
    expect(parseAs(UnitResultSchema, JSON.parse(JSON.stringify(unit)), 'unit')).toEqual(unit);
    // A unit that was kept before there were notes.
    const { notes: _, ...older } = unit;
    expect(parseAs(UnitResultSchema, older, 'unit')).toEqual(unit);
    const negative = JSON.parse(JSON.stringify(unit).replace('"confusion":[[[5', '"confusion":[[[-5'));
    expect(() => parseAs(UnitResultSchema, negative, 'unit')).toThrow(/^unit: rows\.0\.confusion\.0\.0\.0: /);
    expect(() => parseAs(ComparisonConfigSchema, testConfig({ seeds: [1, 1] }), 'compare')).toThrow(
      'compare: seeds: a seed is given twice',
    );
    expect(() => parseAs(ComparisonConfigSchema, testConfig({ methods: [] }), 'compare')).toThrow(
      'name at least one method',
    );
  });
});
