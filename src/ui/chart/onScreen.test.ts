import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OnScreen } from './onScreen.ts';

let frames: (() => void)[] = [];
let observers: { see(visible: boolean): void; disconnected: boolean }[] = [];

beforeEach(() => {
  frames = [];
  observers = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.stubGlobal('setTimeout', (callback: () => void) => callback());
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      disconnected = false;
      readonly see: (visible: boolean) => void;
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        this.see = (isIntersecting) => callback([{ isIntersecting }]);
        observers.push(this);
      }
      observe() {}
      disconnect() {
        this.disconnected = true;
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

/** Lets a few frames pass. */
const pass = () => {
  for (let i = 0; i < 4; i++) for (const frame of frames.splice(0)) frame();
};

class Counter extends OnScreen<HTMLElement> {
  painted = 0;
  equipped = true;
  protected override ready(): boolean {
    return this.equipped;
  }
  protected override paint(): void {
    this.painted++;
  }
}

const counter = () => new Counter({} as HTMLElement);

describe('a drawing on screen', () => {
  it('waits until it can be seen, then shows only the latest state', () => {
    const drawing = counter();
    drawing.invalidate();
    drawing.invalidate();
    pass();
    expect(drawing.painted).toBe(0);
    observers[0].see(true);
    pass();
    expect(drawing.painted).toBe(1);
  });

  it('is not drawn again when it comes back unchanged, and is when it changed meanwhile', () => {
    const drawing = counter();
    drawing.invalidate();
    observers[0].see(true);
    pass();
    observers[0].see(false);
    observers[0].see(true);
    pass();
    expect(drawing.painted).toBe(1);
    observers[0].see(false);
    drawing.invalidate();
    pass();
    expect(drawing.painted).toBe(1);
    observers[0].see(true);
    pass();
    expect(drawing.painted).toBe(2);
  });

  it('waits for what drawing needs', () => {
    const drawing = counter();
    drawing.equipped = false;
    observers[0].see(true);
    drawing.invalidate();
    pass();
    expect(drawing.painted).toBe(0);
    drawing.equipped = true;
    drawing.invalidate();
    pass();
    expect(drawing.painted).toBe(1);
  });

  it('is never drawn after it was closed', () => {
    const drawing = counter();
    observers[0].see(true);
    drawing.invalidate();
    drawing.close();
    drawing.invalidate();
    pass();
    expect(drawing.painted).toBe(0);
    expect(observers[0].disconnected).toBe(true);
  });
});
