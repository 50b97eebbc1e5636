/**
 * Whole histories with a known failure, or none: figures of constructed samples, and what networks would say of themselves
 * beside them. For tests and for `npm run bench -- diagnosis`.
 */
import { type Random, randomStream } from '../corpus/random.ts';
import type { Machine } from '../kernels/machine.ts';
import type { Settings } from '../methods/settings.ts';
import { finish } from '../projection/steps.ts';
import { measureAnchors } from './anchors.ts';
import { prepareBasis } from './basis.ts';
import { constructSamples, type Flaw, type Skill } from './constructed.testing.ts';
import type { Evidence, NetworkEvidence, PairAnchors, SampleType } from './evidence.ts';
import type { Failure, Finding } from './finding.ts';
import { findings } from './findings.ts';
import { measureSamples } from './measure.ts';
import { makeWorld, type World, type WorldOptions } from './worlds.testing.ts';

/** Failures of the networks, which samples need not show. */
const NETWORK_FAILURES = [
  'divergence',
  'f-fooled',
  'steganography',
  'd-wins',
  'd-blind',
  'd-overfits',
  'term-drowns',
] as const satisfies readonly Failure[];
type NetworkFailure = (typeof NETWORK_FAILURES)[number];

/** One history, what it is of, and what should be found: null is nothing. */
export interface Case {
  readonly world: WorldOptions;
  readonly expected: Pick<Finding, 'failure' | 'type' | 'classIndex'> | null;
  readonly found: readonly Finding[];
}

const PLANNED = 1000;

/** What a healthy GAN says of itself, within what real runs on the demo corpora were seen to say. */
function healthyNetworks(step: number, random: Random): NetworkEvidence {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const seen = between(0.6, 0.97);
  const F = between(0.6, 0.95);
  const clean = between(0.01, 0.05);
  const noise = between(0.01, 0.03);
  const shares = (mean: number) =>
    [0, 1, 2].map(() => Math.min(1, Math.max(0, mean + 0.05 * random.normal())));
  const heard = { F: shares(F), judge: shares(F - between(0, 0.3)) };
  const discriminator = { seen, heldOut: seen - between(-0.03, 0.08) };
  return {
    step,
    gradients: {
      adversarialST: between(1, 4),
      adversarialTS: between(1, 4),
      identity: between(2, 8),
      cycle: between(3, 27),
      conditionalEmotion: between(0.5, 4),
      randomConditionalEmotion: between(2, 11),
      adversarialS: between(0.1, 2),
      adversarialT: between(0.1, 2),
      gradientPenaltyS: between(0.1, 3),
      gradientPenaltyT: between(0.1, 3),
    },
    discriminators: { S: discriminator, T: { ...discriminator } },
    cycle: { clean, noisy: Math.hypot(clean, between(0.7, 1.6) * noise), noise },
    heard: { A: heard, C: heard },
    ms: 0,
  };
}

/** The same with one failure, somewhere between just so and very. */
function spoilNetworks(good: NetworkEvidence, failure: NetworkFailure, random: Random): NetworkEvidence {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const { gradients, discriminators, cycle, heard } = good;
  const all = (share: number) => [share, share, share];
  const spoilers: Record<NetworkFailure, () => Partial<NetworkEvidence>> = {
    divergence: () => ({}),
    'f-fooled': () => ({
      heard: { A: heard!.A, C: { F: all(between(0.88, 1)), judge: all(between(0.25, 0.45)) } },
    }),
    steganography: () => ({ cycle: { ...cycle, clean: 0.01, noisy: between(3, 8) * cycle.noise } }),
    'd-wins': () => ({
      discriminators: { ...discriminators, T: { seen: between(0.97, 1), heldOut: null } },
      gradients:
        random.uniform() < 0.5
          ? { ...gradients, adversarialST: between(1e-4, 0.02) * gradients.cycle! }
          : { ...gradients, adversarialT: between(1e-6, 1e-3) * gradients.adversarialST! },
    }),
    'd-blind': () => ({
      discriminators: { ...discriminators, T: { seen: between(0.5, 0.57), heldOut: 0.5 } },
    }),
    'd-overfits': () => {
      const seen = between(0.88, 1);
      return { discriminators: { ...discriminators, T: { seen, heldOut: seen - between(0.17, 0.4) } } };
    },
    'term-drowns': () => ({ gradients: { ...gradients, cycle: between(800, 5000) } }),
  };
  return { ...good, ...spoilers[failure]() };
}

const healthyLosses = (moment: number, random: Random): Evidence['losses'] => ({
  identity: (0.5 + 0.2 / (moment + 1)) * (1 + 0.1 * random.normal()),
  cycle: (1 + 0.5 / (moment + 1)) * (1 + 0.1 * random.normal()),
  gradientPenaltyS: 0.1 * (1 + 0.3 * random.uniform()),
  gradientPenaltyT: 0.1 * (1 + 0.3 * random.uniform()),
  generatorTotal: 10 + random.normal(),
  discriminatorTotal: -2 + 0.3 * random.normal(),
});

/** What is heard where nobody hears the class that was told. */
const UNHEARD = { F: [0.36, 0.31, 0.35], judge: [0.3, 0.36, 0.33] };

/** Moments before those that are measured in full: losses and networks alone. */
const EARLIER = 6;

interface Making {
  readonly world: World;
  readonly anchors: PairAnchors;
  readonly measure: (skill: Skill, flaw: Flaw | null, moment: number) => Evidence;
}

function prepareMaking(options: WorldOptions, machine: Machine | null): Making {
  const world = makeWorld(options);
  const basis = finish(prepareBasis(world.data, machine));
  return {
    world,
    anchors: finish(measureAnchors(basis)),
    measure: (skill, flaw, moment) => ({
      ...finish(measureSamples(basis, moment, constructSamples(world, skill, flaw, moment), () => 0)),
      networks: null,
      losses: {},
      diverged: null,
      changes: [],
    }),
  };
}

/** What is asked of a pair: which samples, how good, how far training is, and which failure of the networks. */
interface Question {
  readonly flaw: Flaw | null;
  readonly skill: Skill;
  readonly progress: number;
  readonly networks: NetworkFailure | null;
}

/** A history that ends at a share of the planned steps: two moments with samples, after some without. */
function historyOf(
  making: Making,
  moments: readonly [Evidence, Evidence],
  { flaw, progress, networks: failure }: Question,
  name: string,
): Evidence[] {
  const random = randomStream(making.world.options.seed, `history/${name}`);
  const last = EARLIER + 1;
  const growth = failure === 'divergence' ? 1.9 + 0.8 * random.uniform() : 1;
  const event = growth > 2.3;
  return Array.from({ length: EARLIER + 2 }, (_, i) => {
    const step = Math.round((PLANNED * progress * (i + 1)) / (last + 1));
    const networks = healthyNetworks(step, random);
    const losses = healthyLosses(i, random);
    const rising = event ? 0 : Math.max(0, i - last + 4);
    return {
      ...(moments[i - EARLIER] ?? { ...moments[0], sets: {}, condition: null }),
      step,
      networks: {
        ...(failure ? spoilNetworks(networks, failure, random) : networks),
        ...(flaw?.failure === 'z-ignored' && { heard: { ...networks.heard!, C: UNHEARD } }),
      },
      losses: { ...losses, cycle: losses.cycle! * growth ** rising },
      diverged: event && i === last ? { step, term: 'cycle', restored: step - 50 } : null,
    };
  });
}

const GOOD: Skill = { error: 0.1, progress: 1 };

/** Flaws of samples: every type that can have them, of a degree and a class that chance picks. */
function flawsOf(random: Random): Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (failure: Flaw['failure'], type: SampleType, classIndex: number | null = null) =>
    flaws.push({ failure, type, classIndex, degree: random.uniform() });
  for (const type of ['A', 'B', 'C'] as const) {
    for (const failure of ['mode-collapse', 'shrinkage'] as const) {
      flaw(failure, type);
      // The third class of a corpus of 60 rows has too few of them to be looked at.
      flaw(failure, type, random.integer(2));
    }
  }
  for (const type of ['A', 'B', 'C'] as const) flaw('divergence', type);
  flaw('no-translation', 'B');
  flaw('no-translation', 'C');
  flaw('z-ignored', 'C');
  flaw('z-dominates', 'C');
  return flaws;
}

function questionsOf(random: Random): Question[] {
  const ask = (
    flaw: Flaw | null,
    skill: Skill,
    progress: number,
    networks: NetworkFailure | null = null,
  ) => ({
    flaw,
    skill,
    progress,
    networks,
  });
  return [
    ...flawsOf(random).map((flaw) => ask(flaw, GOOD, 0.6)),
    // Half way there: a discriminator that guesses is blind only while samples differ.
    ...NETWORK_FAILURES.map((failure) =>
      ask(null, failure === 'd-blind' ? { error: 0.1, progress: 0.2 } : GOOD, 0.4, failure),
    ),
    ...[0.05, 0.1, 0.2, 0.3].map((error) => ask(null, { error, progress: 1 }, 0.9)),
    ...[0.1, 0.2, 0.3, 0.45, 0.7].map((progress) => ask(null, { error: 0.1, progress }, progress)),
  ];
}

const expectedOf = ({ flaw, networks }: Question): Case['expected'] =>
  flaw ?? (networks && { failure: networks, type: networks === 'f-fooled' ? 'C' : null, classIndex: null });

/** Whether what is wrong in a case was found, in the samples that it is wrong with. */
export const isHit = ({ expected, found }: Case): boolean =>
  expected !== null &&
  found.some(
    ({ failure, type, classIndex }) =>
      failure === expected.failure &&
      (expected.type === null || type === expected.type) &&
      (expected.classIndex === null || classIndex === null || classIndex === expected.classIndex),
  );

/** Everything that is asked of one pair of corpora, with what was found. Dropped modes want modes: a pair of its own. */
export function* casesOf(
  options: WorldOptions,
  settings: Settings,
  machine: Machine | null,
): Generator<Case> {
  const random = randomStream(options.seed, `questions/${options.rows}/${options.features}`);
  const clustered = { ...options, separation: 2.5 };
  const dropped = (['A', 'B', 'C'] as const).map(
    (type): Question => ({
      flaw: { failure: 'mode-dropped', type, classIndex: null, degree: 1 },
      skill: GOOD,
      progress: 0.6,
      networks: null,
    }),
  );
  const whole: Question = { flaw: null, skill: GOOD, progress: 0.9, networks: null };
  for (const [world, questions] of [
    [options, questionsOf(random)],
    [clustered, [...dropped, whole]],
  ] as const) {
    const making = prepareMaking(world, machine);
    const { anchors } = making;
    for (const [i, question] of questions.entries()) {
      const { flaw, skill } = question;
      const first = making.measure(skill, flaw, 1);
      const tell = (second: Evidence) =>
        findings(historyOf(making, [first, second], question, `${world.separation}/${i}`), {
          anchors,
          settings,
          planned: PLANNED,
        });
      // What the first moment does not show is not told, whatever the second shows.
      const found = tell(first).length > 0 ? tell(making.measure(skill, flaw, 2)) : [];
      yield { world, expected: expectedOf(question), found };
    }
  }
}
