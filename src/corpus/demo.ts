/**
 * The simulated demo corpora: a labelled source and a target that was "recorded elsewhere". Latent
 * activation, valence, speaker and recording drive eGeMAPS-named features; everything comes from one seed.
 * How they are calibrated, with measured figures: docs/demo-corpora.md. Knows nothing of files or networks.
 */
import type { Corpus, Task } from './corpus.ts';
import { type FeatureModel, featureModel } from './demoFeatures.ts';
import { type Random, randomStream } from './random.ts';

/** Share of low, mid and high ratings of the source: mid-heavy, as most corpora are. */
const SOURCE_SHARES: Shares = { activation: [0.25, 0.45, 0.3], valence: [0.3, 0.42, 0.28] };
/** Share of low, mid and high ratings of the target: high-heavy. */
const TARGET_SHARES: Shares = { activation: [0.24, 0.32, 0.44], valence: [0.26, 0.34, 0.4] };

/** Distance between the expressions of neighbouring classes along the task's main direction. */
const SEPARATION = { activation: 1.3, valence: 1.4 };
/** Spread of the expression within a class; well below the separation, so that classes form clusters. */
const WITHIN_CLASS = { activation: 0.3, valence: 0.35 };
/** How far the middle class leaves the line between the outer two, so that clusters are told apart by place. */
const BEND = { activation: 1, valence: 1 };
/** Share of utterances whose raters chose the class next to the one expressed: the ceiling of any recogniser. */
const DISAGREEMENT = { activation: 0.07, valence: 0.13 };

/** Root mean square loading of the bends and of each nuisance latent (wording, style, room, device …). */
const BEND_LOADING = 0.3;
const NUISANCE_LOADING = 0.33;
/** Standard deviation of the noise of one feature of one utterance, before standardising. */
const NOISE = 0.65;
/** Standard deviation of a speaker's own offset on one feature, before standardising. */
const SPEAKER_OFFSET = 0.45;

/**
 * Degrees by which the target turns each emotion direction of feature space towards a nuisance direction:
 * what no feature-wise scaling can undo.
 */
const ROTATION = { activation: 35, valence: 30 };
/**
 * Largest strength of the target's limiter: features saturate towards the strongly expressed end (and their
 * opposites stretch), each by a strength of its own, up to the one of the task that moves it more.
 */
const LIMITER = { activation: 0.26, valence: 0.4 };
/** Spread of the target's feature-wise offsets and log gains; min-max per corpus undoes nearly all of them. */
const OFFSET = 0.5;
const LOG_GAIN = 0.25;

const SOURCE_SPEAKERS = 10;
const TARGET_SPEAKERS = 12;
const SOURCE_ROWS = 600;
const TARGET_ROWS = 500;
const EGEMAPS_FEATURES = 88;

/** Where the ratings, 1 to 5, are cut into three classes. */
const CUTS: readonly [number, number] = [2, 4];
/** Centre, spread and limits of the ratings of each class. */
const RATINGS = [
  { centre: 1.5, spread: 0.22, lowest: 1, highest: 2 },
  { centre: 3, spread: 0.4, lowest: 2.05, highest: 3.95 },
  { centre: 4.5, spread: 0.22, lowest: 4, highest: 5 },
];
/** How much one point of rating above its class's centre adds to the expression. */
const RATING_SLOPE = 0.4;

/** What moves a row, in the order of its loadings. */
const LATENT = {
  activation: 0,
  activationBend: 1,
  valence: 2,
  valenceBend: 3,
  wording: 4,
  style: 5,
  room: 6,
  device: 7,
} as const;
const LATENTS = Object.keys(LATENT).length;

type Shares = Readonly<Record<Task, readonly [number, number, number]>>;

/** What to simulate; the defaults make a pair that trains in well under a minute. */
export interface DemoOptions {
  readonly seed: number;
  readonly sourceRows?: number;
  readonly targetRows?: number;
  readonly features?: number;
}

/** What turns the latents of one corpus into its features. */
interface Recording {
  /** `[latents][features]`, on the standardised scale. */
  readonly loadings: readonly Float64Array[];
  /** `[features]` what brings the feature to about unit variance on the source. */
  readonly scale: Float64Array;
  /** `[features]` strength and sign of the saturation; 0 leaves the feature as it is. */
  readonly limiter: Float64Array;
  readonly gain: Float64Array;
  readonly offset: Float64Array;
}

/** One corpus to draw. */
interface Plan {
  readonly name: string;
  readonly stream: string;
  readonly rows: number;
  readonly speakers: number;
  /** Number of the first speaker, so that the corpora share none. */
  readonly firstSpeaker: number;
  readonly shares: Shares;
}

/**
 * The pair of demo corpora of a seed: by default 600 × 88 source and 500 × 88 target rows, ratings of
 * activation and valence from 1 to 5 on both. The same options give the same values.
 * @throws RangeError where a size is not a positive integer.
 */
export function demoCorpora(options: DemoOptions): { source: Corpus; target: Corpus } {
  const { seed, sourceRows = SOURCE_ROWS, targetRows = TARGET_ROWS, features = EGEMAPS_FEATURES } = options;
  for (const [what, size] of Object.entries({ sourceRows, targetRows, features })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`${what} is ${size}; a demo corpus needs a positive whole number.`);
    }
  }
  const model = featureModel(features, randomStream(seed, 'demo/features'));
  const here = sourceRecording(model, randomStream(seed, 'demo/loadings'));
  const elsewhere = targetRecording(here, randomStream(seed, 'demo/shift'));
  const source: Plan = {
    name: 'Simulated source',
    stream: 'demo/source',
    rows: sourceRows,
    speakers: SOURCE_SPEAKERS,
    firstSpeaker: 1,
    shares: SOURCE_SHARES,
  };
  const target: Plan = {
    name: 'Simulated target',
    stream: 'demo/target',
    rows: targetRows,
    speakers: TARGET_SPEAKERS,
    firstSpeaker: SOURCE_SPEAKERS + 1,
    shares: TARGET_SHARES,
  };
  return {
    source: drawCorpus(source, model, here, seed),
    target: drawCorpus(target, model, elsewhere, seed),
  };
}

/** Loadings of the source, scaled so that a feature's standard deviation is about one; nothing else. */
function sourceRecording(model: FeatureModel, random: Random): Recording {
  const width = model.names.length;
  const loadings = Array.from({ length: LATENTS }, () => new Float64Array(width));
  const scale = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    loadings[LATENT.activation][j] = model.activation[j];
    loadings[LATENT.valence][j] = model.valence[j];
    loadings[LATENT.activationBend][j] = BEND_LOADING * random.normal();
    loadings[LATENT.valenceBend][j] = BEND_LOADING * random.normal();
    for (let k = LATENT.wording; k < LATENTS; k++) loadings[k][j] = NUISANCE_LOADING * random.normal();
    scale[j] = 1 / Math.hypot(NOISE, SPEAKER_OFFSET, ...loadings.map((l) => l[j]));
    for (const l of loadings) l[j] *= scale[j];
  }
  return {
    loadings,
    scale,
    limiter: new Float64Array(width),
    gain: new Float64Array(width).fill(1),
    offset: new Float64Array(width),
  };
}

/** The source's recording turned, limited and rescaled. */
function targetRecording(source: Recording, random: Random): Recording {
  const width = source.gain.length;
  const loadings = source.loadings.map((l) => l.slice());
  turn(loadings, LATENT.activation, LATENT.room, ROTATION.activation);
  turn(loadings, LATENT.activationBend, LATENT.wording, ROTATION.activation);
  turn(loadings, LATENT.valence, LATENT.device, ROTATION.valence);
  turn(loadings, LATENT.valenceBend, LATENT.style, ROTATION.valence);
  const limiter = new Float64Array(width);
  const gain = new Float64Array(width);
  const offset = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const [a, v] = [source.loadings[LATENT.activation][j], source.loadings[LATENT.valence][j]];
    const strongest =
      Math.abs(a) > Math.abs(v) ? LIMITER.activation * Math.sign(a) : LIMITER.valence * Math.sign(v);
    limiter[j] = random.uniform() * strongest;
    gain[j] = Math.exp(LOG_GAIN * random.normal());
    offset[j] = OFFSET * random.normal();
  }
  return { loadings, scale: source.scale, limiter, gain, offset };
}

/**
 * Rotates feature space by `degrees` in the plane of two latents' loadings, from the first towards the
 * second; everything that lies partly in the plane turns with it.
 */
function turn(loadings: readonly Float64Array[], first: number, second: number, degrees: number): void {
  const p = unit(loadings[first]);
  const q = unit(subtract(loadings[second], p, dot(loadings[second], p)));
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  for (const l of loadings) {
    const [x, y] = [dot(l, p), dot(l, q)];
    const [dx, dy] = [c * x - s * y - x, s * x + c * y - y];
    for (let j = 0; j < l.length; j++) l[j] += dx * p[j] + dy * q[j];
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** `a − scale·b`. */
function subtract(a: Float64Array, b: Float64Array, scale: number): Float64Array {
  return a.map((x, j) => x - scale * b[j]);
}

/** `a` at length one; zero where its length vanishes, as in a space too small for the plane. */
function unit(a: Float64Array): Float64Array {
  const length = Math.sqrt(dot(a, a));
  return a.map((x) => (length > 1e-9 ? x / length : 0));
}

/** Ratings of a task for every row, in the shares asked for to within a row, and the class each expresses. */
function drawRatings(rows: number, task: Task, shares: Shares, random: Random) {
  const ratings = new Float32Array(rows);
  const expressed = new Float64Array(rows);
  const [low, mid] = shares[task];
  random.permutation(rows).forEach((row, place) => {
    const quantile = (place + 0.5) / rows;
    const rated = quantile < low ? 0 : quantile < low + mid ? 1 : 2;
    const { centre, spread, lowest, highest } = RATINGS[rated];
    ratings[row] = Math.min(highest, Math.max(lowest, centre + spread * random.normal()));
    const disagree = random.uniform() < DISAGREEMENT[task];
    const neighbour = rated === 1 ? 2 * random.integer(2) : 1;
    const shown = (disagree ? neighbour : rated) - 1;
    const within = RATING_SLOPE * (ratings[row] - centre) + WITHIN_CLASS[task] * random.normal();
    expressed[row] = SEPARATION[task] * shown + within;
  });
  return { ratings, expressed };
}

/** The perpendicular place of an expression: 0 on average, high for the middle class, low for the outer. */
function bent(expressed: number, task: Task): number {
  const x = expressed / SEPARATION[task];
  return BEND[task] * (1.2 * Math.exp(-2 * x * x) - 0.5);
}

/** Draws one corpus. Streams are named by corpus, so that the size of one never moves the other's numbers. */
function drawCorpus(plan: Plan, model: FeatureModel, recording: Recording, seed: number): Corpus {
  const { rows } = plan;
  const stream = (part: string) => randomStream(seed, `${plan.stream}/${part}`);
  const activation = drawRatings(rows, 'activation', plan.shares, stream('activation'));
  const valence = drawRatings(rows, 'valence', plan.shares, stream('valence'));
  const speakerOf = Int32Array.from({ length: rows }, (_, r) => Math.floor((r * plan.speakers) / rows));
  const nuisance = stream('nuisance');
  const latents = Array.from({ length: rows }, (_, r) => {
    const [a, v] = [activation.expressed[r], valence.expressed[r]];
    const emotion = [a, bent(a, 'activation'), v, bent(v, 'valence')];
    return [...emotion, ...Array.from({ length: LATENTS - emotion.length }, () => nuisance.normal())];
  });
  const speakers = Array.from(
    { length: plan.speakers },
    (_, s) => `s${String(plan.firstSpeaker + s).padStart(2, '0')}`,
  );
  const spoken = new Int32Array(plan.speakers);
  const utterances = Array.from(speakerOf, (s) => {
    spoken[s]++;
    return `demo_${speakers[s]}_${String(spoken[s]).padStart(3, '0')}.wav`;
  });
  const labels = (column: Task, ratings: Float32Array) =>
    ({ kind: 'continuous', column, ratings, cuts: CUTS }) as const;
  return {
    name: plan.name,
    rows,
    features: model.names,
    values: drawValues(latents, speakerOf, plan.speakers, model, recording, stream),
    utterances,
    speakers: { names: speakers, index: speakerOf },
    emotions: null,
    labels: {
      activation: labels('activation', activation.ratings),
      valence: labels('valence', valence.ratings),
    },
    simulated: true,
  };
}

/** The feature matrix `[rows, features]` of rows with these latents and speakers. */
function drawValues(
  latents: readonly (readonly number[])[],
  speakerOf: Int32Array,
  speakers: number,
  model: FeatureModel,
  recording: Recording,
  stream: (part: string) => Random,
): Float32Array {
  const width = model.names.length;
  const voice = stream('speakers');
  const offsets = Float64Array.from(
    { length: speakers * width },
    (_, i) => SPEAKER_OFFSET * recording.scale[i % width] * voice.normal(),
  );
  const noise = stream('noise');
  const values = new Float32Array(latents.length * width);
  const row = new Float64Array(width);
  for (let r = 0, o = 0; r < latents.length; r++) {
    row.set(offsets.subarray(speakerOf[r] * width, (speakerOf[r] + 1) * width));
    latents[r].forEach((z, k) => {
      const l = recording.loadings[k];
      for (let j = 0; j < width; j++) row[j] += z * l[j];
    });
    for (let j = 0; j < width; j++) {
      const heard = limit(row[j] + NOISE * recording.scale[j] * noise.normal(), recording.limiter[j]);
      values[o++] = model.inUnits(j, recording.offset[j] + recording.gain[j] * heard);
    }
  }
  return values;
}

/** (1 − e^(−γu)) / γ: the identity at γ = 0, flattening the upper end for γ > 0 and the lower for γ < 0. */
function limit(u: number, strength: number): number {
  return Math.abs(strength) < 1e-6 ? u : -Math.expm1(-strength * u) / strength;
}
