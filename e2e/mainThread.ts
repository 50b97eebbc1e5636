/**
 * How long the page's main thread is held: by the clock, as `PerformanceObserver` reports it and a user feels
 * it, and in computing time from a trace, which does not grow when other programs use the same cores.
 */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Durations of main-thread tasks of 50 ms and more, by the clock, in ms. */
    longTasks: number[];
  }
}

export interface MainThreadLoad {
  /** Tasks of 50 ms and more, by the clock. */
  readonly longTasks: number;
  /** The longest of them by the clock, in ms; 0 where there was none. */
  readonly longestMs: number;
  /** The task that computed longest, in ms of the thread's own time. */
  readonly busiestMs: number;
}

/** The fields of a trace event that are read here. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Thread time in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Thread time of the longest task of the busiest renderer's main thread, in ms. */
function busiestTask(events: readonly TraceEvent[]): number {
  const key = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mainThreads = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const tasks = new Map<string, number[]>(mainThreads.map((event) => [key(event), []]));
  for (const event of events)
    if (event.name === 'RunTask') tasks.get(key(event))?.push((event.tdur ?? 0) / 1000);
  const [busiest = []] = [...tasks.values()].sort((a, b) => b.length - a.length);
  if (busiest.length === 0) throw new Error('The trace holds no task of the page’s main thread.');
  return busiest.reduce((most, duration) => Math.max(most, duration), 0);
}

/** Watches the main thread for a while. */
export async function watchMainThread(page: Page, ms: number): Promise<MainThreadLoad> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page belongs to no browser that could be traced.');
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await page.waitForTimeout(ms);
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const durations = await page.evaluate(() => window.longTasks);
  return {
    longTasks: durations.length,
    longestMs: durations.reduce((most, duration) => Math.max(most, duration), 0),
    busiestMs: busiestTask(traceEvents),
  };
}
