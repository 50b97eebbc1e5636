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
/** Rates at which something is learned and nothing runs away: what lies beyond is brought back to here. */
const LOWERED = { least: 1e-7, most: 0.01 };
const RAISED = { least: 1e-5, most: 0.01 };

/** Another learning rate, a sensible one; null where there is none that way. */
export function rate(gan: Gan, name: keyof typeof RATES, factor: number): Remedy | null {
  const lower = factor < 1;
  const { least, most } = lower ? LOWERED : RAISED;
  const value = Math.min(most, Math.max(least, round(gan[name] * factor)));
  if (lower ? value >= gan[name] : value <= gan[name]) return null;
  return set(`${lower ? 'Lower' : 'Raise'} ${RATES[name]} to ${value}`, { [name]: value });
}

const WEIGHTS = {
  lambdaIdentity: 'λ₁ (identity)',
  lambdaCycle: 'λ₂ (cycle)',
  lambdaEmotion: 'λ₃ (emotion)',
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

/** What holds back training that runs away; going back comes first where that was not done already. */
export const holdingBack = (gan: Gan, wentBack: boolean): readonly Remedy[] =>
  offered(
    wentBack ? null : RESTORE,
    rate(gan, 'generatorLearningRate', 0.3),
    rate(gan, 'discriminatorLearningRate', 0.3),
    weight(gan, 'lambdaPenalty', 2),
  );

/** The usual weight of the gradient penalty. */
const PENALTY = 10;

/** The Wasserstein loss, where another one is in force; with a penalty, without which a critic runs away. */
export function wasserstein({ adversarial, lambdaPenalty }: Gan): Remedy | null {
  if (adversarial === 'wgan') return null;
  const label = 'Change to the Wasserstein loss (wgan)';
  return lambdaPenalty > 0
    ? set(label, { adversarial: 'wgan' })
    : set(`${label} with penalty ${PENALTY}`, { adversarial: 'wgan', lambdaPenalty: PENALTY });
}

/** Steps of D for each of G, at most; what the settings allow. */
const MOST_D_STEPS = 50;

/** Another number of discriminator steps for each of the generators; null where it is the same. */
export function discriminatorSteps(gan: Gan, wanted: number): Remedy | null {
  const steps = Math.min(MOST_D_STEPS, wanted);
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
const RESTORE: Remedy = {
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
  if (epochs === 0) return null;
  if (steps > 1) {
    const fewer = Math.ceil(steps / 2);
    return next(`Next run: pre-train the generators for ${fewer} steps at most`, {
      identityPretraining: { steps: fewer },
    });
  }
  const fewer = Math.floor(epochs / 2);
  return next(`Next run: pre-train the generators for ${fewer} epochs`, {
    identityPretraining: { epochs: fewer },
  });
}

/** Discriminators of these widths; null where they are so already. */
function discriminatorsOf({ discriminator }: Settings, widthFrom: (before: number) => number): Remedy | null {
  const hidden = discriminator.hidden.map(widthFrom);
  return hidden.every((width, i) => width === discriminator.hidden[i])
    ? null
    : next(`Next run: discriminators of ${hidden.join(', ')}`, { discriminator: { hidden } });
}

/** Discriminators of half the width; null where they are small already. */
export const smallerDiscriminators = (settings: Settings): Remedy | null =>
  discriminatorsOf(settings, (width) => Math.min(width, Math.max(16, Math.ceil(width / 2))));

/** Discriminators of twice the width; null where they are wide already. */
export const widerDiscriminators = (settings: Settings): Remedy | null =>
  discriminatorsOf(settings, (width) => Math.max(width, Math.min(4000, 2 * width)));
