/** Remedies at the edges of what the settings allow: each goes the way it says, or is not offered. */
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../experiment/presets.ts';
import { LiveRequestSchema } from '../../methods/live.ts';
import type { Settings } from '../../methods/settings.ts';
import {
  discriminatorSteps,
  fewerIdentityEpochs,
  rate,
  smallerDiscriminators,
  wasserstein,
  widerDiscriminators,
} from './remedies.ts';

const { settings } = PRESETS.quick;
const gan = (changes: Partial<Settings['gan']>): Settings['gan'] => ({ ...settings.gan, ...changes });
const width = (...hidden: number[]): Settings => ({ ...settings, discriminator: { hidden } });
/** The settings that a live remedy asks for, as the trainer reads them. */
const asked = (remedy: ReturnType<typeof rate>) => {
  if (remedy?.kind !== 'live') return null;
  const request = parse(LiveRequestSchema, remedy.request);
  return request.kind === 'set' ? request.set : null;
};

describe('a learning rate', () => {
  it('far too high is lowered to a sensible one, and one far too low raised', () => {
    const name = 'discriminatorLearningRate';
    expect(asked(rate(gan({ [name]: 0.5 }), name, 0.3))).toEqual({ [name]: 0.01 });
    expect(asked(rate(gan({ [name]: 1e-8 }), name, 3))).toEqual({ [name]: 1e-5 });
    expect(asked(rate(gan({ [name]: 4e-4 }), name, 0.5))).toEqual({ [name]: 2e-4 });
  });

  it('at the end of what is sensible goes no farther', () => {
    expect(rate(gan({ generatorLearningRate: 0.02 }), 'generatorLearningRate', 2)).toBeNull();
    expect(rate(gan({ generatorLearningRate: 1e-8 }), 'generatorLearningRate', 0.3)).toBeNull();
  });
});

describe('other remedies', () => {
  it('bring the Wasserstein loss with the penalty that it needs', () => {
    expect(asked(wasserstein(gan({ adversarial: 'bce', lambdaPenalty: 0 })))).toEqual({
      adversarial: 'wgan',
      lambdaPenalty: 10,
    });
    expect(asked(wasserstein(gan({ adversarial: 'bce', lambdaPenalty: 3 })))).toEqual({
      adversarial: 'wgan',
    });
  });

  it('ask for no more steps of D than there can be', () => {
    expect(asked(discriminatorSteps(gan({ discriminatorSteps: 49 }), 51))).toEqual({
      discriminatorSteps: 50,
    });
    expect(discriminatorSteps(gan({ discriminatorSteps: 50 }), 52)).toBeNull();
  });

  it('make smaller discriminators smaller and wider ones wider', () => {
    const hidden = (remedy: ReturnType<typeof widerDiscriminators>) =>
      remedy?.kind === 'next' && remedy.settings.discriminator?.hidden;
    expect(hidden(smallerDiscriminators(width(8, 100)))).toEqual([8, 50]);
    expect(smallerDiscriminators(width(8, 16))).toBeNull();
    expect(hidden(widerDiscriminators(width(6000, 100)))).toEqual([6000, 200]);
    expect(widerDiscriminators(width(4000, 6000))).toBeNull();
  });

  it('shorten no pre-training that is off', () => {
    const identityPretraining = { ...settings.identityPretraining, epochs: 0 };
    expect(fewerIdentityEpochs({ ...settings, identityPretraining })).toBeNull();
  });
});
