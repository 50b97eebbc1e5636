import { describe, expect, it } from 'vitest';
import { createScheduler, type Drawing } from './schedule.ts';

/** Frames that come when the test says so, 16 ms apart. */
function testFrames() {
  let time = 0;
  let waiting: (() => void)[] = [];
  return {
    now: () => time,
    request: (callback: () => void) => {
      waiting.push(callback);
    },
    run(frames: number) {
      for (let i = 0; i < frames; i++) {
        time += 16;
        const callbacks = waiting;
        waiting = [];
        for (const callback of callbacks) callback();
      }
    },
    get idle() {
      return waiting.length === 0;
    },
  };
}

const drawing = (name: string, log: string[], interval = 0): Drawing => ({
  interval,
  draw: () => log.push(name),
});

describe('the chart scheduler', () => {
  it('draws at most one chart a frame, in the order of asking', () => {
    const frames = testFrames();
    const scheduler = createScheduler(frames);
    const log: string[] = [];
    for (const name of ['a', 'b', 'c']) scheduler.request(drawing(name, log));
    frames.run(1);
    expect(log).toEqual(['a']);
    frames.run(2);
    expect(log).toEqual(['a', 'b', 'c']);
    expect(frames.idle).toBe(true);
  });

  it('draws once, however often it was asked in between', () => {
    const frames = testFrames();
    const scheduler = createScheduler(frames);
    const log: string[] = [];
    const a = drawing('a', log);
    for (let i = 0; i < 5; i++) scheduler.request(a);
    frames.run(5);
    expect(log).toEqual(['a']);
  });

  it('keeps the interval, and lets others pass meanwhile', () => {
    const frames = testFrames();
    const scheduler = createScheduler(frames);
    const log: string[] = [];
    const slow = drawing('slow', log, 250);
    const quick = drawing('quick', log);
    for (let i = 0; i < 32; i++) {
      scheduler.request(slow);
      if (i === 5) scheduler.request(quick);
      frames.run(1);
    }
    // 32 frames are 512 ms: at once, after 250 ms, and not yet a third time.
    expect(log).toEqual(['slow', 'quick', 'slow']);
  });

  it('never draws what was cancelled', () => {
    const frames = testFrames();
    const scheduler = createScheduler(frames);
    const log: string[] = [];
    const a = drawing('a', log);
    scheduler.request(a);
    scheduler.cancel(a);
    frames.run(3);
    expect(log).toEqual([]);
  });

  it('goes on with the others when a chart fails', () => {
    const frames = testFrames();
    const scheduler = createScheduler(frames);
    const log: string[] = [];
    scheduler.request({
      interval: 0,
      draw: () => {
        throw new Error('no context');
      },
    });
    scheduler.request(drawing('b', log));
    expect(() => frames.run(1)).toThrow('no context');
    frames.run(1);
    expect(log).toEqual(['b']);
  });
});
