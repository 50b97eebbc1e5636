/**
 * When charts are drawn: one at a time, only the latest state of each, none more often than it asks for. A
 * page with eight streaming charts then never draws two in one frame, which is what keeps every task short.
 * Knows no chart; the clock and the frames come from outside, so that it can be tested without a page.
 */

/** Where time comes from. */
export interface Frames {
  /** Milliseconds, rising. */
  now(): number;
  /** Calls back before some coming frame. */
  request(callback: () => void): void;
}

/** A chart as the scheduler sees it. */
export interface Drawing {
  /** Draws the latest state. */
  draw(): void;
  /** Milliseconds that must pass between two draws. */
  readonly interval: number;
}

export interface Scheduler {
  /** Asks for `drawing` to be drawn soon; asking again before it is drawn changes nothing. */
  request(drawing: Drawing): void;
  /** Forgets a request, e.g. because the chart has left the page or the screen. */
  cancel(drawing: Drawing): void;
}

/** A scheduler over a source of frames. At most one drawing is drawn in a frame: the longest-waiting one. */
export function createScheduler(frames: Frames): Scheduler {
  // A Set keeps the order of asking; one not yet due lets later ones pass.
  const waiting = new Set<Drawing>();
  const drawnAt = new WeakMap<Drawing, number>();
  let asked = false;

  const due = (now: number): Drawing | undefined => {
    for (const drawing of waiting) {
      const last = drawnAt.get(drawing);
      if (last === undefined || now - last >= drawing.interval) return drawing;
    }
    return undefined;
  };

  const next = () => {
    if (asked || waiting.size === 0) return;
    asked = true;
    frames.request(() => {
      asked = false;
      const drawing = due(frames.now());
      if (drawing) {
        waiting.delete(drawing);
        drawnAt.set(drawing, frames.now());
        try {
          drawing.draw();
        } finally {
          next();
        }
      } else {
        next();
      }
    });
  };

  return {
    request(drawing) {
      waiting.add(drawing);
      next();
    },
    cancel(drawing) {
      waiting.delete(drawing);
    },
  };
}

/** The page's scheduler, shared by all charts. */
export const pageScheduler = createScheduler({
  now: () => performance.now(),
  request: (callback) => {
    // A task of its own after the frame: inside the frame, drawing and the browser's layout and paint of what
    // was drawn would be one long task.
    requestAnimationFrame(() => setTimeout(callback));
  },
});
