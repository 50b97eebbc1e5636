/** What the generators hide: emotions that only F_s hears, and a way back that a little noise destroys. */
import { curveValue } from '../curves.ts';
import type { Evidence } from '../evidence.ts';
import { figure, percent, told } from './figures.ts';
import { FINISH, noise, offered, weight } from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';

/**
 * F_s hears most of what was asked for, and this much more than the judge, who hears less than this. A gap of 0.3 is
 * normal: classifiers of few hundred rows differ, and F_s is the one that was asked.
 */
const FOOLED = { apart: 0.38, heard: 0.7, judge: 0.55, critical: 0.55 };

function fooled(evidence: Evidence, { settings }: FindingContext, type: 'A' | 'C'): Suspicion | null {
  const [F, judge] = [curveValue(evidence, `heard/${type}/F`), curveValue(evidence, `heard/${type}/judge`)];
  if (F === null || judge === null || F < FOOLED.heard) return null;
  if (F - judge < FOOLED.apart || judge > FOOLED.judge) return null;
  return {
    id: `f-fooled/${type}`,
    failure: 'f-fooled',
    severity: F - judge >= FOOLED.critical ? 'critical' : 'warning',
    type,
    classIndex: null,
    network: 'F_s',
    title: `F_s fooled: type ${type}`,
    sentence: `F_s hears the emotion asked for in ${percent(F)} of type ${type}, a classifier of its kind that G_TS never met in ${percent(judge)}: part of it is made for F_s alone and is no emotion.`,
    figures: [
      ...figure(evidence, `heard/${type}/F`, 'about as much as the second judge hears'),
      ...figure(evidence, `heard/${type}/judge`, `about ${percent(F)}, as F_s hears`),
    ],
    remedies: offered(weight(settings.gan, 'lambdaEmotion', 0.3), FINISH),
  };
}

/** F_s fooled, of A and of C. */
export const listening: Rule = {
  measured: ({ networks }) => (networks?.heard ?? null) !== null,
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    return (['A', 'C'] as const).flatMap((type) => fooled(evidence, context, type) ?? []);
  },
};

/**
 * Noise comes back this many times as large as it was: 1 is what a copy does, since all it does is add up. And the error
 * without noise is small beside that with it.
 */
const HIDDEN = { gain: 2.5, jump: 2 };

/** Steganography: a way back that hangs on details too small to be seen. */
export const hiding: Rule = {
  measured: ({ networks }) => networks !== null && networks.cycle.noise > 0,
  suspect: (history, { settings }) => {
    const evidence = history[history.length - 1];
    const { clean, noisy, noise: deviation } = evidence.networks!.cycle;
    const gain = Math.sqrt(Math.max(0, noisy ** 2 - clean ** 2)) / deviation;
    if (gain < HIDDEN.gain || noisy < HIDDEN.jump * clean) return [];
    return [
      {
        id: 'steganography',
        failure: 'steganography',
        severity: 'warning',
        type: 'A',
        classIndex: null,
        network: 'G_ST',
        title: 'Steganography: hidden messages in type B',
        sentence: `The way back hangs on details of type B too small to see: a little noise on it comes back ${told(gain)} times as large, so the cycle loss no longer says that the content was kept.`,
        figures: [
          ...figure(
            evidence,
            'cycle/noisy',
            `about ${told(Math.hypot(clean, deviation))}: the error without noise, and the noise itself`,
          ),
          ...figure(evidence, 'cycle/clean', 'little less than with noise'),
        ],
        remedies: offered(noise(settings.gan, deviation), weight(settings.gan, 'lambdaCycle', 0.5)),
      },
    ];
  },
};
