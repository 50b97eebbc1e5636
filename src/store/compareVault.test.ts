/** Units survive a visit where storage lets them, and nothing breaks where it does not. */
import { describe, expect, it } from 'vitest';
import type { MethodName } from '../experiment/compare/config.ts';
import type { Fingerprints } from '../experiment/compare/fingerprint.ts';
import { type Identity, identityOf } from '../experiment/compare/identity.ts';
import type { UnitResult } from '../experiment/compare/unit.ts';
import { PRESETS } from '../experiment/presets.ts';
import { createVault, type VaultStorage } from './compareVault.ts';
import { memoryStorage } from './doubles.testing.ts';

const corpora = (hash: string): Fingerprints => {
  const one = { name: 'a', rows: 3, features: 2, hash: hash.padStart(16, '0'), simulated: false };
  return { source: one, target: { ...one, name: 'b' } };
};

const identity = (methods: MethodName[] = ['source-only'], hash = '1', program = 'v1'): Identity =>
  identityOf(
    { task: 'activation', preset: 'quick', settings: PRESETS.quick.settings, methods, seeds: [1, 2] },
    corpora(hash),
    program,
  );

const unit = (seed: number, method: MethodName = 'source-only'): UnitResult => {
  const confusion = [
    [
      [2, 1, 0],
      [0, 3, 0],
      [1, 0, 2],
    ],
  ];
  const row = { row: 'source-only', uar: [50], mean: 50, speakers: ['s'], confusion } as const;
  const rows = [{ ...row, uar: [...row.uar], speakers: [...row.speakers] }];
  return { method, seed, backend: 'wasm', seconds: 1, rows, diverged: null, notes: [] };
};

const open = (storage: VaultStorage) => createVault(() => storage);

describe('the vault', () => {
  it('gives the units of an earlier visit back, whichever methods and seeds are asked for now', () => {
    const storage = memoryStorage();
    const before = open(storage);
    before.begin(identity());
    expect(before.keep(identity(), unit(1))).toBe(true);
    expect(before.keep(identity(), unit(2))).toBe(true);
    const after = open(storage);
    expect(after.units(identity(['source-only', 'ccemogan']))).toEqual([unit(1), unit(2)]);
    expect(after.latest()).toEqual(identity());
  });

  it('knows other corpora, tasks and settings apart, but not another number of snapshots', () => {
    const vault = open(memoryStorage());
    vault.begin(identity());
    vault.keep(identity(), unit(1));
    const { config } = identity();
    const changed = (change: Partial<typeof config>) =>
      identityOf({ ...config, ...change }, corpora('1'), 'v1');
    const gan = { ...config.settings.gan, batch: 32 };
    const snapshot = { ...config.settings.snapshot, every: 7 };
    expect(vault.units(identity(['source-only'], '2'))).toEqual([]);
    expect(vault.units(changed({ task: 'valence' }))).toEqual([]);
    expect(vault.units(changed({ settings: { ...config.settings, gan } }))).toEqual([]);
    expect(vault.units(changed({ settings: { ...config.settings, snapshot } }))).toHaveLength(1);
  });

  it('does not use the units of another version of the program, and clears them away', () => {
    const storage = memoryStorage();
    const before = open(storage);
    before.begin(identity());
    before.keep(identity(), unit(1));
    const after = open(storage);
    const other = identity(['source-only'], '1', 'v2');
    expect(after.units(other)).toEqual([]);
    after.begin(other);
    expect(after.latest()).toEqual(other);
    expect(storage.getItem('ccemogan-studio/comparisons/1/source-only-1')).toBeNull();
  });

  it('leaves damaged units out, and begins afresh where its index is damaged', () => {
    const storage = memoryStorage();
    const vault = open(storage);
    vault.begin(identity());
    vault.keep(identity(), unit(1));
    vault.keep(identity(), unit(2));
    storage.setItem('ccemogan-studio/comparisons/1/source-only-1', '{"seed":');
    expect(open(storage).units(identity())).toEqual([unit(2)]);
    storage.setItem('ccemogan-studio/comparisons', '[{"id":1,"identity":{"version":0}}]');
    const later = open(storage);
    expect(later.units(identity())).toEqual([]);
    later.begin(identity());
    expect(later.keep(identity(), unit(1))).toBe(true);
    expect(storage.getItem('ccemogan-studio/comparisons/1/source-only-2')).toBeNull();
  });

  it('makes room by forgetting the oldest other comparison, and says when there is none left', () => {
    const size = JSON.stringify(unit(1)).length;
    const index = JSON.stringify(identity()).length;
    const storage = memoryStorage(2 * size + 2 * index + 200);
    const vault = open(storage);
    for (const hash of ['1', '2']) {
      vault.begin(identity(['source-only'], hash));
      expect(vault.keep(identity(['source-only'], hash), unit(1))).toBe(true);
    }
    expect(vault.keep(identity(['source-only'], '2'), unit(2))).toBe(true);
    expect(open(storage).units(identity(['source-only'], '1'))).toEqual([]);
    const seeds = Array.from({ length: 18 }, (_, i) => i + 3);
    const more = seeds.map((seed) => vault.keep(identity(['source-only'], '2'), unit(seed)));
    expect(more.at(-1)).toBe(false);
    // For this visit they are all there.
    expect(vault.units(identity(['source-only'], '2'))).toHaveLength(20);
  });

  it('makes room for its index too', () => {
    const storage = memoryStorage(JSON.stringify(identity()).length + JSON.stringify(unit(1)).length + 100);
    const vault = open(storage);
    for (const hash of ['1', '2']) {
      vault.begin(identity(['source-only'], hash));
      expect(vault.keep(identity(['source-only'], hash), unit(1))).toBe(true);
    }
    expect(open(storage).units(identity(['source-only'], '2'))).toEqual([unit(1)]);
    expect(open(storage).units(identity(['source-only'], '1'))).toEqual([]);
  });

  it('forgets no other comparison for a unit that does not fit even so', () => {
    const storage = memoryStorage(8000);
    const vault = open(storage);
    for (const hash of ['1', '2']) vault.begin(identity(['source-only'], hash));
    vault.keep(identity(['source-only'], '1'), unit(1));
    const large = { ...unit(1), diverged: 'NaN'.repeat(4000) };
    expect(vault.keep(identity(['source-only'], '2'), large)).toBe(false);
    expect(open(storage).units(identity(['source-only'], '1'))).toEqual([unit(1)]);
    expect(open(storage).latest()).toEqual(identity(['source-only'], '2'));
    expect(open(storage).units(identity(['source-only'], '2'))).toEqual([]);
  });

  it('takes no units from under a number of an index that was lost', () => {
    const storage = memoryStorage();
    const vault = open(storage);
    vault.begin(identity());
    vault.keep(identity(), unit(1));
    storage.setItem('ccemogan-studio/comparisons', 'damaged');
    const later = open(storage);
    later.begin(identity(['source-only'], '2'));
    expect(later.units(identity(['source-only'], '2'))).toEqual([]);
  });

  it('works for the visit where storage is forbidden', () => {
    const vault = createVault(() => {
      throw new DOMException('Forbidden.', 'SecurityError');
    });
    vault.begin(identity());
    expect(vault.keep(identity(), unit(1))).toBe(false);
    expect(vault.units(identity())).toEqual([unit(1)]);
    expect(vault.latest()).toBeNull();
    vault.discard(identity());
    expect(vault.units(identity())).toEqual([]);
  });
});
