/** When findings are told, what they say, and what they offer. */

import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../experiment/presets.ts';
import { LiveRequestSchema } from '../methods/live.ts';
import { type Settings, SettingsSchema } from '../methods/settings.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';
import { NOTHING } from './anchors.ts';
import type { Evidence, PairAnchors, SetMetrics } from './evidence.ts';
import { type FindingContext, findings, findingsAlong } from './findings.ts';

const set = (all: Partial<SetMetrics>) => ({
  all: { ...NOTHING, ...all },
  classes: [0, 1, 2].map(() => ({ ...NOTHING, ...all })),
});

const REAL = {
  precision: 0.9,
  recall: 0.9,
  density: 1,
  coverage: 0.95,
  vendi: 25,
  variance: 1,
  nearestNeighbour: 0.5,
  mmd: 0,
  modes: 1,
};
const ABROAD = {
  ...REAL,
  precision: 0.1,
  recall: 0.1,
  coverage: 0.1,
  density: 0.1,
  nearestNeighbour: 1,
  mmd: 0.2,
};
const NO_FIT = { ...REAL, precision: 0, recall: 0, density: 0, coverage: 0, nearestNeighbour: 1 };
const anchor = { ceiling: set(REAL), floor: set({ ...ABROAD, displacement: 0, atHome: 1 }) };
const anchors: PairAnchors = { A: anchor, B: anchor, C: anchor, condition: 0.5 };
const GOOD = set({ ...REAL, displacement: 0.5, atHome: 0.1 });
const COLLAPSED = set({
  ...REAL,
  recall: 0,
  density: 3,
  vendi: 2,
  variance: 0.3,
  displacement: 0.6,
  atHome: 0.1,
});
const COPIES = set({ ...ABROAD, displacement: 0.03, atHome: 0.99 });

const moment = (step: number, changes: Partial<Evidence> = {}): Evidence => ({
  step,
  sets: { A: GOOD, B: GOOD, C: GOOD },
  condition: 0.5,
  ms: 0,
  networks: null,
  losses: {},
  diverged: null,
  changes: [],
  ...changes,
});
const context: FindingContext = { anchors, settings: PRESETS.quick.settings, planned: 400 };
const idsOf = (history: readonly Evidence[], more: Partial<FindingContext> = {}) =>
  findings(history, { ...context, ...more }).map(({ id }) => id);

const NETWORKS: NetworkEvidence = {
  step: 0,
  gradients: { adversarialST: 2, adversarialTS: 2, identity: 4, cycle: 9, adversarialS: 1, adversarialT: 1 },
  discriminators: { S: { seen: 0.9, heldOut: 0.88 }, T: { seen: 0.9, heldOut: 0.88 } },
  cycle: { clean: 0.02, noisy: 0.026, noise: 0.017 },
  heard: null,
  ms: 0,
};
const networks = (changes: Partial<NetworkEvidence>) => ({ networks: { ...NETWORKS, ...changes } });

describe('findings', () => {
  it('are none of nothing, and none where all is well', () => {
    expect(findings([], context)).toEqual([]);
    expect(idsOf([moment(100, networks({})), moment(200, networks({})), moment(300, networks({}))])).toEqual(
      [],
    );
  });

  it('are told at the second moment in a row, since the first, and no longer once it is over', () => {
    const bad = { sets: { B: COLLAPSED } };
    const history = [moment(50), moment(100, bad), moment(150, bad), moment(200, bad), moment(250)];
    const along = findingsAlong(history, () => context);
    expect(along.map((found) => found.map(({ id, since }) => [id, since]))).toEqual([
      [],
      [],
      [['mode-collapse/B', 100]],
      [['mode-collapse/B', 100]],
      [],
    ]);
  });

  it('are told at once of a finished run of which there is one moment', () => {
    const only = [moment(100, { sets: { B: COLLAPSED } })];
    expect(idsOf(only)).toEqual([]);
    expect(idsOf(only, { final: true })).toEqual(['mode-collapse/B']);
  });

  it('pass over moments at which the networks were not asked', () => {
    const blind = networks({
      discriminators: { S: { seen: 0.9, heldOut: null }, T: { seen: 0.5, heldOut: null } },
    });
    const far = { sets: { B: set({ ...ABROAD, displacement: 0.5, atHome: 0.2 }) } };
    const history = [moment(50, { ...far, ...blind }), moment(75, far), moment(100, { ...far, ...blind })];
    expect(idsOf(history)).toEqual(['d-blind/D_T']);
  });

  it('name a type once where all its classes are concerned, else the class', () => {
    const one = { all: GOOD.all, classes: [GOOD.classes[0], COLLAPSED.classes[1], GOOD.classes[2]] };
    const [finding, ...rest] = findings(
      [moment(50, { sets: { C: one } }), moment(75, { sets: { C: one } })],
      context,
    );
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ title: 'Mode collapse: type C, mid', type: 'C', classIndex: 1 });
    expect(finding.figures.map(({ curve }) => curve)).toContain('C/vendi/1');
  });

  it('ask more of a type whose classes are too small to bear it out', () => {
    const narrow = { ...GOOD.all, vendi: REAL.vendi ** 0.85, variance: 0.75, density: 1.2 };
    const told = (own: SetMetrics, classes: readonly (SetMetrics | null)[]) =>
      idsOf([50, 75].map((step) => moment(step, { sets: { B: { all: own, classes } } })));
    expect(told(narrow, [null, null, null])).toEqual([]);
    expect(told({ ...narrow, vendi: 5, variance: 0.4, density: 2 }, [null, null, null])).toEqual([
      'shrinkage/B',
    ]);
  });

  it('ask no density of samples that are clearly narrow, but that they are not on their way', () => {
    const told = (changes: Partial<SetMetrics>) => {
      const own = { ...GOOD.all, vendi: REAL.vendi ** 0.65, variance: 0.4, density: 1, ...changes };
      return idsOf(
        [50, 75].map((step) => moment(step, { sets: { B: { all: own, classes: [null, null, null] } } })),
      );
    };
    expect(told({})).toEqual(['shrinkage/B']);
    expect(told({ density: 0.5 })).toEqual([]);
    expect(told({ vendi: REAL.vendi ** 0.76, variance: 0.6 })).toEqual([]);
  });

  it('tell dropped modes without recall where much is missing, and beside what of real rows seems at home', () => {
    const told = (changes: Partial<SetMetrics>, atHome: number) => {
      const ceiling = set({ ...REAL, atHome });
      const near: PairAnchors = { ...anchors, B: { ...anchor, ceiling } };
      const sets = { B: set({ ...GOOD.all, ...changes }) };
      return idsOf(
        [50, 75].map((step) => moment(step, { sets })),
        { anchors: near },
      );
    };
    expect(told({ modes: 0.85 }, 0)).toEqual(['mode-dropped/B']);
    expect(told({ modes: 0.9 }, 0)).toEqual([]);
    expect(told({ modes: 0.9, recall: 0.7 }, 0)).toEqual(['mode-dropped/B']);
    expect(told({ modes: 0.85, atHome: 0.45 }, 0)).toEqual([]);
    expect(told({ modes: 0.85, atHome: 0.45 }, 0.4)).toEqual(['mode-dropped/B']);
  });

  it('say nothing beside anchors that are not known', () => {
    expect(
      idsOf([moment(50, { sets: { B: COLLAPSED } }), moment(75, { sets: { B: COLLAPSED } })], {
        anchors: null,
      }),
    ).toEqual([]);
  });

  it('leave copying generators alone while it is early, or nobody knows how early', () => {
    const at = (step: number) => moment(step, { sets: { B: COPIES } });
    expect(idsOf([at(25), at(50)])).toEqual([]);
    expect(idsOf([at(300), at(325)], { planned: undefined })).toEqual([]);
    expect(idsOf([at(300), at(325)])).toEqual(['no-translation/B']);
  });

  it('see no copies where there is nothing to translate', () => {
    const alike = {
      ceiling: set(REAL),
      floor: set({ ...REAL, nearestNeighbour: 0.52, mmd: 0.001, displacement: 0, atHome: 0.5 }),
    };
    const at = (step: number) =>
      moment(step, { sets: { B: set({ ...REAL, displacement: 0.02, atHome: 0.6 }) } });
    expect(idsOf([at(300), at(325)], { anchors: { A: alike, B: alike, C: alike } })).toEqual([]);
  });

  it('do not call a class ignored that a judge hears', () => {
    const heard = (share: number) => {
      const shares = [share, share, share];
      return { A: { F: shares, judge: shares }, C: { F: shares, judge: shares } };
    };
    const at = (step: number, share: number) =>
      moment(step, { condition: 0.02, ...networks({ heard: heard(share) }) });
    expect(idsOf([at(300, 0.33), at(325, 0.33)])).toEqual(['z-ignored']);
    expect(idsOf([at(300, 0.8), at(325, 0.8)])).toEqual([]);
  });

  it('tell a loss that is no number at once, and one that runs away', () => {
    expect(idsOf([moment(50, { diverged: { step: 44, term: 'cycle', restored: 25 } })])).toEqual([
      'divergence/cycle',
    ]);
    const rising = [1, 1.1, 0.9, 1, 1, 2, 4, 9].map((cycle, i) => moment(25 * i, { losses: { cycle } }));
    expect(idsOf(rising)).toEqual(['divergence/cycle']);
    const settling = [0.1, 0.4, 0.8, 1, 1.1, 1.2, 1.2, 1.3].map((cycle, i) =>
      moment(25 * i, { losses: { cycle } }),
    );
    expect(idsOf(settling)).toEqual([]);
  });

  it('tell once that samples have left the data, and not of samples that are merely too scattered', () => {
    const gone = set({ ...NO_FIT, variance: 300, displacement: 40, frechet: 60_000 });
    const scattered = set({ ...NO_FIT, variance: 2, displacement: 0.9, frechet: 10 });
    const at = (step: number, sets: Evidence['sets']) => moment(step, { sets });
    const [finding, ...rest] = findings(
      [50, 75].map((step) => at(step, { A: gone, B: gone, C: gone })),
      context,
    );
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      failure: 'divergence',
      type: null,
      title: 'Samples have left the data: types A, B and C',
    });
    expect(idsOf([50, 75].map((step) => at(step, { B: scattered })))).toEqual([]);
  });

  it('do not take noise that merely comes back for a hidden message', () => {
    const with_ = (clean: number, noisy: number) => networks({ cycle: { clean, noisy, noise: 0.017 } });
    const told = (clean: number, noisy: number) =>
      idsOf([50, 75].map((step) => moment(step, with_(clean, noisy))));
    expect(told(0.002, 0.018)).toEqual([]);
    expect(told(0.01, 0.08)).toEqual(['steganography']);
  });

  it('take a discriminator that is sure for no winner while its generator learns from it', () => {
    const sure = { S: { seen: 0.9, heldOut: null }, T: { seen: 0.99, heldOut: null } };
    const at = (gradients: object) =>
      [50, 75].map((step) =>
        moment(step, networks({ discriminators: sure, gradients: { ...NETWORKS.gradients, ...gradients } })),
      );
    expect(idsOf(at({}))).toEqual([]);
    expect(idsOf(at({ adversarialST: 0.01 }))).toEqual(['d-wins/D_T']);
    expect(idsOf(at({ adversarialT: 1e-4 }))).toEqual(['d-wins/D_T']);
  });
});

describe('remedies', () => {
  const found = findings(
    [25, 50].map((step) =>
      moment(300 + step, {
        sets: { A: COLLAPSED, B: COPIES, C: COLLAPSED },
        condition: 9,
        diverged: { step: 3, term: 'cycle', restored: 1 },
        ...networks({
          discriminators: { S: { seen: 0.99, heldOut: 0.5 }, T: { seen: 0.99, heldOut: 0.5 } },
          gradients: { ...NETWORKS.gradients, cycle: 1e4 },
          cycle: { clean: 0.01, noisy: 0.2, noise: 0.017 },
        }),
      }),
    ),
    context,
  );
  const all = found.flatMap(({ remedies }) => remedies);

  it('are there for every finding, and each can be carried out', () => {
    expect(found.length).toBeGreaterThan(7);
    for (const { remedies, id } of found) expect(remedies.length, id).toBeGreaterThan(0);
    for (const remedy of all) {
      if (remedy.kind === 'live') expect(parse(LiveRequestSchema, remedy.request)).toEqual(remedy.request);
      else {
        const groups = Object.entries(remedy.settings).map(([group, values]) => [
          group,
          { ...PRESETS.quick.settings[group as 'gan'], ...values },
        ]);
        expect(() =>
          parse(SettingsSchema, { ...PRESETS.quick.settings, ...Object.fromEntries(groups) }),
        ).not.toThrow();
      }
    }
  });

  const offeredWhere = (changes: Partial<Evidence>, gan: Partial<Settings['gan']> = {}) => {
    const settings = { ...PRESETS.quick.settings, gan: { ...PRESETS.quick.settings.gan, ...gan } };
    return findings(
      [300, 325].map((step) => moment(step, changes)),
      { ...context, settings },
    ).flatMap(({ remedies }) => remedies.map(({ label }) => label));
  };

  it('let both sides learn where one alone cannot mend it', () => {
    const again = 'Let both sides learn again';
    const sure = { seen: 0.99, heldOut: null };
    const won = networks({
      discriminators: { S: sure, T: sure },
      gradients: { ...NETWORKS.gradients, adversarialST: 0.01 },
    });
    for (const changes of [{ sets: { B: COPIES } }, won]) {
      expect(offeredWhere(changes, { learners: 'discriminators' })).toContain(again);
      expect(offeredWhere(changes)).not.toContain(again);
    }
  });

  it('ask for no other weight of emotion losses where the method has none', () => {
    const lower = 'Lower λ₃ (emotion) to 0.5';
    const heard = { F: [1, 1, 1], judge: [1, 1, 1] };
    expect(offeredWhere({ sets: { A: COLLAPSED }, ...networks({ heard: null }) })).not.toContain(lower);
    expect(
      offeredWhere({ sets: { A: COLLAPSED }, ...networks({ heard: { A: heard, C: heard } }) }),
    ).toContain(lower);
  });

  it('go back to the last good networks where that was not done already', () => {
    const back = 'Go back to the last good networks';
    expect(offeredWhere({ diverged: { step: 3, term: 'cycle', restored: 1 } })).not.toContain(back);
    const rising = [1, 1.1, 0.9, 1, 1, 2, 4, 9].map((cycle, i) => moment(25 * i, { losses: { cycle } }));
    expect(findings(rising, context)[0].remedies.map(({ label }) => label)).toContain(back);
  });

  it('are numbers that come of the settings in force', () => {
    const labels = all.map(({ label }) => label);
    expect(labels).toContain('Lower D’s learning rate to 0.0003');
    // The loss of the preset is the Wasserstein loss already.
    expect(labels.filter((label) => label.includes('wgan'))).toEqual([]);
  });
});
