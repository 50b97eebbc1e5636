/**
 * Every setting of a run as one schema. It carries each setting's title and one-sentence description, so the
 * interface, the CLI and the docs read them from here and nowhere else. Knows no tensor and no page.
 */
import * as v from 'valibot';

const count = (title: string, description: string, min = 1, max = 1_000_000) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(min),
    v.maxValue(max),
    v.title(title),
    v.description(description),
  );

const quantity = (title: string, description: string, min = 0, max = 1e6) =>
  v.pipe(
    v.number(),
    v.finite(),
    v.minValue(min),
    v.maxValue(max),
    v.title(title),
    v.description(description),
  );

const toggle = (title: string, description: string) =>
  v.pipe(v.boolean(), v.title(title), v.description(description));

const choice = <const T extends readonly string[]>(options: T, title: string, description: string) =>
  v.pipe(v.picklist(options), v.title(title), v.description(description));

const widths = (title: string, description: string) =>
  v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000))),
    v.minLength(1),
    v.maxLength(8),
    v.title(title),
    v.description(description),
  );

const group = <E extends v.ObjectEntries>(entries: E, title: string, description: string) =>
  v.pipe(v.strictObject(entries), v.title(title), v.description(description));

/**
 * What a configuration that lacks a method's group gets, which is also what the preset `paper` has: published numbers
 * where there are any, else those that `docs/method.md` gives.
 */
export const METHOD_DEFAULTS = {
  cyemogan: { learnsFrom: 'both' as const },
  dann: {
    encoder: [512, 128],
    heads: [128, 32],
    lambda: 1,
    gamma: 10,
    learningRate: 2e-4,
    batch: 64,
    epochs: 50,
    steps: 0,
  },
  coral: { shrinkage: 1 },
  mixup: { alpha: 0.2 },
  noise: { deviation: 0.1 },
  selection: { judges: 0, share: 1 },
};

/** What a configuration gets that was stored before the setting was there, which is also what every preset has. */
export const DATA_DEFAULTS = { sharedRows: 'keep' as const };
/** The same of the GAN's settings; `quick` holds rows out. */
export const GAN_DEFAULTS = { learners: 'both' as const, cycleNoise: 0, heldOut: 0 };

/** Every setting of a run, grouped as the interface shows them. */
export const SettingsSchema = v.strictObject({
  data: group(
    {
      scaler: choice(
        ['minmax-per-corpus', 'minmax-source', 'minmax-global', 'zscore-speaker'],
        'Scaling',
        'Min-max to [0, 1] per corpus, fitted on the source, or fitted on both; or a z-score per speaker.',
      ),
      clipPercentile: quantity(
        'Clip percentile',
        'Values beyond this percentile of a column, from either end, are clipped before scaling; 0 is off.',
        0,
        25,
      ),
      sharedRows: v.optional(
        choice(
          ['keep', 'drop'],
          'Rows of both corpora',
          'Target rows that equal a labelled source row in every feature are kept, or left out of the target.',
        ),
        DATA_DEFAULTS.sharedRows,
      ),
    },
    'Data',
    'Which rows count, and how features become numbers of one scale.',
  ),
  classifier: group(
    {
      hidden: widths('Hidden layers', 'Widths of the emotion classifier F_s and of the recognisers.'),
      batchNorm: toggle('Batch norm', 'Normalise each hidden layer over the batch.'),
      learningRate: quantity('Learning rate', 'Adam step size of F_s and of the recognisers.', 1e-8, 1),
      epochs: choice(
        ['leave-one-speaker-out', 'fixed'],
        'Epochs of F_s',
        'Found by leave-one-speaker-out on the source with early stopping, or fixed per task.',
      ),
      epochsActivation: count(
        'Epochs, activation',
        'Fixed number of epochs when the task is activation.',
        1,
        1000,
      ),
      epochsValence: count('Epochs, valence', 'Fixed number of epochs when the task is valence.', 1, 1000),
      maximumEpochs: count('Maximum epochs', 'Upper bound of the leave-one-speaker-out search.', 1, 1000),
      patience: count(
        'Patience',
        'Epochs without a better held-out UAR before the search stops a fold.',
        1,
        1000,
      ),
      batch: count('Batch', 'Rows a step of F_s and of the recognisers.', 2, 4096),
    },
    'Emotion classifier',
    'F_s, trained on the labelled source; then frozen, or in CycleEmotionGAN trained along with the GAN.',
  ),
  generator: group(
    {
      hidden: widths('Hidden layers', 'Widths of G_ST and G_TS between the input and the output.'),
      batchNorm: toggle('Batch norm', 'Normalise each hidden layer over the batch.'),
      output: choice(['linear', 'sigmoid'], 'Output', 'Activation of the last layer.'),
      residual: toggle(
        'Residual',
        'Add the network to its input, its last layer starting small: it learns a change, not a copy.',
      ),
    },
    'Generators',
    'G_ST and G_TS; in CCEmoGAN, G_TS also takes the class condition Z.',
  ),
  discriminator: group(
    { hidden: widths('Hidden layers', 'Widths of D_S and D_T between the input and the logit.') },
    'Discriminators',
    'D_S and D_T; never batch-normalised, which would break the per-sample gradient penalty.',
  ),
  identityPretraining: group(
    {
      epochs: count(
        'Epochs',
        'Epochs of generator pre-training with the identity loss; 0 is off.',
        0,
        10_000,
      ),
      steps: count('At most, steps', 'Upper bound in steps; 0 is none.', 0),
      learningRate: quantity('Learning rate', 'Adam step size while pre-training the generators.', 1e-8, 1),
    },
    'Generator pre-training',
    'Both generators first learn to copy real samples (identity loss).',
  ),
  gan: group(
    {
      epochs: count('Epochs', 'Passes over the longer corpus.', 1, 100_000),
      steps: count('At most, steps', 'Upper bound in generator steps; 0 is none.', 0),
      batch: count('Batch', 'Paired source and target rows a step.', 2, 4096),
      generatorLearningRate: quantity('Generator learning rate', 'Adam step size of G_ST and G_TS.', 1e-8, 1),
      discriminatorLearningRate: quantity(
        'Discriminator learning rate',
        'Adam step size of D_S and D_T.',
        1e-8,
        1,
      ),
      beta1: quantity('Adam β₁', 'Decay of the gradient average.', 0, 0.9999),
      beta2: quantity('Adam β₂', 'Decay of the squared-gradient average.', 0, 0.999999),
      adversarial: choice(
        ['bce', 'wgan', 'lsgan'],
        'Adversarial loss',
        'Cross-entropy (non-saturating), Wasserstein critic, or least squares.',
      ),
      discriminatorSteps: count('D steps per G step', '1 is usual; 3 to 5 with a Wasserstein critic.', 1, 50),
      mse: choice(
        ['mean', 'sum'],
        'Squared error',
        'Identity and cycle errors averaged over features, or summed (then averaged over the batch).',
      ),
      pairedTerm: choice(
        ['source', 'target'],
        'Second term of eq. 5',
        'Feed source rows (as printed) or the paired target rows (as the prose describes).',
      ),
      lambdaIdentity: quantity('λ₁ identity', 'Weight of the identity loss (eq. 3).'),
      lambdaCycle: quantity('λ₂ cycle', 'Weight of the cycle loss (eq. 4).'),
      lambdaEmotion: quantity(
        'λ₃ emotion',
        'Weight of the emotion losses: eqs. 5 and 6 or, in other methods, semantic consistency.',
      ),
      lambdaPenalty: quantity('Gradient penalty', 'Weight of the penalty on each discriminator.'),
      cycleNoise: v.optional(
        quantity(
          'Noise in the cycle',
          'Deviation of Gaussian noise on translated rows before they are taken back, in scaled units; 0 is none.',
          0,
          10,
        ),
        GAN_DEFAULTS.cycleNoise,
      ),
      learners: v.optional(
        choice(
          ['both', 'generators', 'discriminators'],
          'Who learns',
          'Generators and discriminators in turn, or one side alone while the other stays as it is.',
        ),
        GAN_DEFAULTS.learners,
      ),
      heldOut: v.optional(
        quantity(
          'Rows held out',
          'Share of either corpus that the GAN never sees, to tell whether a discriminator learns rows by heart.',
          0,
          0.5,
        ),
        GAN_DEFAULTS.heldOut,
      ),
      checkEvery: count('Check every, steps', 'How often the label-free stopping criterion is measured.', 1),
      patience: count(
        'Patience, checks',
        'Checks without improvement before training stops early; 0 never stops.',
        0,
      ),
    },
    'GAN',
    'The cycle GAN itself: in CCEmoGAN the conditional cycle emotion GAN (eqs. 1–7).',
  ),
  recogniser: group(
    {
      seeds: count('Seeds', 'How many recognisers are trained for each row of the table.', 1, 100),
      epochs: count('Epochs', 'Epochs of each recogniser; 0 takes those of F_s.', 0, 1000),
      steps: count('At most, steps', 'Upper bound in steps; 0 is none.', 0),
    },
    'Recognisers',
    'Trained on originals, on synthetic samples, and on both; scored on the target.',
  ),
  cyemogan: v.optional(
    group(
      {
        learnsFrom: choice(
          ['both', 'translated'],
          'F_s learns from',
          'Source rows and their translations, or the translations alone, under the labels of the source.',
        ),
      },
      'CycleEmotionGAN',
      'What F_s learns from while the GAN trains.',
    ),
    METHOD_DEFAULTS.cyemogan,
  ),
  dann: v.optional(
    group(
      {
        encoder: widths(
          'Encoder',
          'Widths of the layers whose last output shall not tell the corpora apart.',
        ),
        heads: widths('Heads', 'Widths of the hidden layers of the emotion head and of the domain head.'),
        lambda: quantity(
          'λ',
          'Weight of the reversed gradient in the encoder at the end; high ones make training unstable.',
        ),
        gamma: quantity(
          'γ',
          'How soon it gets there: λ · (2 / (1 + e^(−γp)) − 1), p the share of training done.',
          0,
          1000,
        ),
        learningRate: quantity('Learning rate', 'Adam step size of encoder and heads.', 1e-8, 1),
        batch: count('Batch', 'Labelled rows a step, and as many rows of the target.', 2, 4096),
        epochs: count('Epochs', 'Passes over the longer corpus.', 1, 100_000),
        steps: count('At most, steps', 'Upper bound in steps; 0 is none.', 0),
      },
      'Adapted classifier',
      'Classifier whose features a domain head cannot tell apart, by gradient reversal (DANN, CyCADA).',
    ),
    METHOD_DEFAULTS.dann,
  ),
  coral: v.optional(
    group(
      {
        shrinkage: quantity(
          'Shrinkage',
          'Added to the variances of both corpora, as a share of a feature’s mean variance; 1 is as published.',
          1e-3,
          1000,
        ),
      },
      'CORAL',
      'Source rows given the mean and covariance of the target.',
    ),
    METHOD_DEFAULTS.coral,
  ),
  mixup: v.optional(
    group(
      {
        alpha: quantity(
          'α',
          'Two rows are mixed by a share drawn from Beta(α, α): the smaller α, the less is mixed.',
          0.01,
          100,
        ),
      },
      'Mixup',
      'Recognisers learn from weighted means of two source rows and of their labels.',
    ),
    METHOD_DEFAULTS.mixup,
  ),
  noise: v.optional(
    group(
      {
        deviation: quantity(
          'Deviation',
          'Standard deviation of the noise, as a share of the feature’s own over the source.',
          0,
          100,
        ),
      },
      'Gaussian noise',
      'Recognisers learn from source rows with noise added.',
    ),
    METHOD_DEFAULTS.noise,
  ),
  selection: v.optional(
    group(
      {
        judges: count(
          'Judges',
          'Classifiers, apart from F_s, that choose among the three samples made of a target row; 0 keeps all three.',
          0,
          20,
        ),
        share: quantity(
          'Share kept',
          'Of the target rows in which the judges hear a class, the share kept: those they are surest of.',
          0.01,
          1,
        ),
      },
      'Choice of type C',
      'Which samples of type C recognisers learn from. The paper keeps all.',
    ),
    METHOD_DEFAULTS.selection,
  ),
  snapshot: group(
    {
      every: count(
        'Every, steps',
        'How often synthetic samples of fixed probe rows are sent to the map; 0 is never.',
        0,
      ),
      rows: count('Probe rows', 'Source and target rows followed on the map, at most, of each.', 1, 20_000),
      networks: v.optional(
        toggle(
          'Ask the networks',
          'Measure gradients, discriminators, hidden messages and a second judge of emotions beside every snapshot.',
        ),
        true,
      ),
    },
    'Snapshots',
    'What the map shows while the GAN trains.',
  ),
});
export type Settings = v.InferOutput<typeof SettingsSchema>;

/** Some settings with other values, by group and name. */
export type SettingsPatch = { readonly [G in keyof Settings]?: Partial<Settings[G]> };
