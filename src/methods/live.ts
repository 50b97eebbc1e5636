/**
 * What can be changed while a GAN trains: which settings, and which other requests. Schemas and plain data, so that page,
 * workers and files speak of the same; knows no network.
 */
import * as v from 'valibot';
import { type Settings, SettingsSchema } from './settings.ts';

/** The settings of the GAN that a step reads anew, by name. */
export const LIVE_SETTINGS = [
  'generatorLearningRate',
  'discriminatorLearningRate',
  'lambdaIdentity',
  'lambdaCycle',
  'lambdaEmotion',
  'lambdaPenalty',
  'discriminatorSteps',
  'adversarial',
  'cycleNoise',
  'learners',
] as const;
export type LiveSetting = (typeof LIVE_SETTINGS)[number];
export type LiveSettings = Pick<Settings['gan'], LiveSetting>;

const steps = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

/** What can be asked of a GAN in training. */
const REQUESTS = {
  /** Other settings from the next step on. */
  set: v.strictObject({
    kind: v.literal('set'),
    set: v.partial(v.pick(SettingsSchema.entries.gan.pipe[0], LIVE_SETTINGS)),
  }),
  /** Back to the last networks, optimisers included, whose criterion and weights were finite when it was measured. */
  restore: v.strictObject({ kind: v.literal('restore') }),
  /** No further step: on to generating samples. */
  finish: v.strictObject({ kind: v.literal('finish') }),
  /** So many steps more than planned. */
  extend: v.strictObject({ kind: v.literal('extend'), steps }),
};
export const LiveRequestSchema = v.variant('kind', Object.values(REQUESTS));
export type LiveRequest = v.InferOutput<typeof LiveRequestSchema>;

/** A request as it was carried out: `after` so many steps of the GAN, before the next. Part of a run's configuration. */
export const LiveChangeSchema = v.strictObject({
  after: v.pipe(v.number(), v.integer(), v.minValue(0)),
  request: LiveRequestSchema,
});
export type LiveChange = v.InferOutput<typeof LiveChangeSchema>;

/** What a GAN in training asks before every step. */
export interface LiveControl {
  /** What to carry out after `done` steps, in order: due by the configuration, or asked for since. */
  take(done: number): readonly LiveRequest[];
  /** Whether training that diverges goes back to its last good networks and says so, instead of ending. */
  readonly recovers: boolean;
}
