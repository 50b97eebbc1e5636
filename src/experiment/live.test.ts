import { describe, expect, it } from 'vitest';
import type { LiveRequest } from './config.ts';
import { LiveQueue } from './live.ts';

const slower: LiveRequest = { kind: 'set', set: { generatorLearningRate: 1e-5 } };
const finish: LiveRequest = { kind: 'finish' };
const longer: LiveRequest = { kind: 'extend', steps: 10 };

describe('a queue of requests', () => {
  it('hands over what is due, then what was asked for, each once and in order', () => {
    const queue = new LiveQueue([
      { after: 2, request: slower },
      { after: 2, request: { kind: 'restore' } },
      { after: 9, request: finish },
    ]);
    expect(queue.take(0)).toEqual([]);
    queue.request(longer);
    expect(queue.take(2)).toEqual([slower, { kind: 'restore' }, longer]);
    expect(queue.take(2)).toEqual([]);
    expect(queue.take(9)).toEqual([finish]);
  });

  it('lets training recover where somebody watches, and where an earlier run is repeated', () => {
    expect(new LiveQueue().recovers).toBe(false);
    expect(new LiveQueue(undefined, true).recovers).toBe(true);
    expect(new LiveQueue([]).recovers).toBe(true);
  });

  it('refuses what the configuration could not hold, naming it, and asks for nothing then', () => {
    const queue = new LiveQueue();
    const bad: LiveRequest = { kind: 'set', set: { generatorLearningRate: -1 } };
    expect(() => queue.request(bad)).toThrow(/set\.generatorLearningRate: .*-1/);
    expect(queue.take(0)).toEqual([]);
  });
});
