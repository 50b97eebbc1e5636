import { describe, expect, it } from 'vitest';
import { INITIAL_CORPORA } from '../../store/corpora.ts';
import { INITIAL_PROGRESS } from '../../store/progress.ts';
import { statusText } from './statusText.ts';

const pair = { shared: 88, onlySource: 0, onlyTarget: 0, conflict: null, caution: null };
const ready = { ...INITIAL_CORPORA, pair };
const training = {
  ...INITIAL_PROGRESS,
  status: 'running',
  phase: 'gan',
  phases: { gan: { step: 240, steps: 600 } },
} as const;

describe('statusText', () => {
  it('says what a run waits for', () => {
    expect(statusText(INITIAL_PROGRESS, INITIAL_CORPORA)).toBe('Waiting for two corpora');
    expect(statusText(INITIAL_PROGRESS, { ...ready, pair: { ...pair, conflict: 'x' } })).toMatch(
      /do not fit/,
    );
    expect(statusText(INITIAL_PROGRESS, ready)).toBe('Ready to train');
    expect(statusText({ ...INITIAL_PROGRESS, status: 'starting' }, ready, true)).toMatch(/the comparison/);
  });

  it('states the phase and the step', () => {
    expect(statusText(training, ready)).toBe('Training the GAN · step 240 of 600');
    expect(statusText({ ...training, status: 'paused' }, ready)).toBe(
      'Paused · Training the GAN · step 240 of 600',
    );
    expect(statusText({ ...training, phases: {} }, ready)).toBe('Training the GAN');
    expect(statusText({ ...training, status: 'finished', phase: 'done' }, ready)).toBe('Done');
  });
});
