/** What can be done about a failure, in numbers that come of the settings in force. Pure; carries nothing out. */
import type { LiveRequest } from '../../methods/live.ts';
import type { Settings, SettingsPatch } from '../../methods/settings.ts';
import type { Remedy } from '../finding.ts';

type Gan = Settings['gan'];

const set = (label: string, settings: Extract<LiveRequest, { kind: 'set' }>['set']): Remedy => ({
  kind: 'live',
  label,
  request: { kind: 'set', set: settings },
});

/** The remedies that there are: one that would change nothing is none. */
export const offered = (...remedies: readonly (Remedy | null)[]): readonly Remedy[] =>
  remedies.filter((remedy) => remedy !== null);

/** A number that reads well: two significant digits. */
const round = (value: number): number => Number(value.toPrecision(2));

const RATES = {
  generatorLearningRate: 'the generators’ learning rate',
  discriminatorLearningRate: 'D’s learning rate',
} as const;
const HIGHEST_RATE = 0.01;
const LOWEST_RATE = 1e-7;

/** Another learning rate; null where it would leave what is sensible. */
export function rate(gan: Gan, name: keyof typeof RATES, factor: number): Remedy | null {
  const value = round(gan[name] * factor);
  if (value > HIGHEST_RATE || value < LOWEST_RATE) return null;
  return set(`${factor < 1 ? 'Lower' : 'Raise'} ${RATES[name]} to ${value}`, { [name]: value });
}

const WEIGHTS = {
  lambdaIdentity: 'λ1 (identity)',
  lambdaCycle: 'λ2 (cycle)',
  lambdaEmotion: 'λ3 (emotion)',
  lambdaPenalty: 'the gradient penalty',
} as const;
/** What a weight of 0 is raised to. */
const FIRST_WEIGHT = 1;
const HIGHEST_WEIGHT = 1000;

/** Another weight of a loss term; null where a weight of 0 would be lowered, or a high one raised. */
export function weight(gan: Gan, name: keyof typeof WEIGHTS, factor: number): Remedy | null {
  const lower = factor < 1;
  if (lower ? gan[name] === 0 : gan[name] >= HIGHEST_WEIGHT) return null;
  const value = gan[name] === 0 ? FIRST_WEIGHT : round(gan[name] * factor);
  return set(`${lower ? 'Lower' : 'Raise'} ${WEIGHTS[name]} to ${value}`, { [name]: value });
}

/** The Wasserstein loss, where another one is in force. */
export const wasserstein = ({ adversarial }: Gan): Remedy | null =>
  adversarial === 'wgan' ? null : set('Change to the Wasserstein loss (wgan)', { adversarial: 'wgan' });

/** Another number of discriminator steps for each of the generators; null where it is the same. */
export function discriminatorSteps(gan: Gan, steps: number): Remedy | null {
  const words = steps === 1 ? 'Let D do 1 step for each of G' : `Let D do ${steps} steps for each of G`;
  return steps === gan.discriminatorSteps ? null : set(words, { discriminatorSteps: steps });
}

/** Both sides learn again, where one stood still. */
export const bothLearn = ({ learners }: Gan): Remedy | null =>
  learners === 'both' ? null : set('Let both sides learn again', { learners: 'both' });

/** Noise on translated rows before they are taken back; null where there is as much already. */
export function noise({ cycleNoise }: Gan, deviation: number): Remedy | null {
  const value = round(deviation);
  return value <= cycleNoise || value <= 0
    ? null
    : set(`Add noise of ${value} to translated rows in the cycle`, { cycleNoise: value });
}

/** Back to the last good networks. */
export const RESTORE: Remedy = {
  kind: 'live',
  label: 'Go back to the last good networks',
  request: { kind: 'restore' },
};

/** An early stop. */
export const FINISH: Remedy = {
  kind: 'live',
  label: 'Stop here and generate samples',
  request: { kind: 'finish' },
};

/** More steps: half as many as are planned. Null where that is unknown. */
export function extend(planned: number | undefined): Remedy | null {
  if (!planned) return null;
  const steps = Math.max(50, Math.round(planned / 100) * 50);
  return { kind: 'live', label: `Train ${steps} steps longer`, request: { kind: 'extend', steps } };
}

const next = (label: string, settings: SettingsPatch): Remedy => ({ kind: 'next', label, settings });

/** Less copying before the GAN begins. */
export function fewerIdentityEpochs({ identityPretraining }: Settings): Remedy | null {
  const { epochs, steps } = identityPretraining;
  if (steps > 1) {
    const fewer = Math.ceil(steps / 2);
    return next(`Next run: pre-train the generators for ${fewer} steps at most`, {
      identityPretraining: { steps: fewer },
    });
  }
  const fewer = Math.floor(epochs / 2);
  return epochs === 0
    ? null
    : next(`Next run: pre-train the generators for ${fewer} epochs`, {
        identityPretraining: { epochs: fewer },
      });
}

/** Discriminators of half the width; null where they are small already. */
export function smallerDiscriminators({ discriminator }: Settings): Remedy | null {
  const hidden = discriminator.hidden.map((width) => Math.max(16, Math.ceil(width / 2)));
  return hidden.every((width, i) => width === discriminator.hidden[i])
    ? null
    : next(`Next run: discriminators of ${hidden.join(', ')}`, { discriminator: { hidden } });
}

/** Wider discriminators. */
export function widerDiscriminators({ discriminator }: Settings): Remedy {
  const hidden = discriminator.hidden.map((width) => Math.min(4000, 2 * width));
  return next(`Next run: discriminators of ${hidden.join(', ')}`, { discriminator: { hidden } });
}
