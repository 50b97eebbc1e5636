/**
 * A Plotly figure on the page. Reserves its room before the library is there, redraws through the shared
 * scheduler, keeps zoom and hidden groups (`uirevision`). Knows nothing of what it shows.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Figure } from '../../charts/figure.ts';
import { OnScreen } from './onScreen.ts';

export interface ChartProps {
  /**
   * What to draw: a figure, or a function that makes one and is called only when the chart is about to be
   * drawn. Memoise it: a new value asks for a redraw.
   */
  readonly figure: Figure | (() => Figure);
  /** What assistive technology calls the chart. */
  readonly label: string;
  /** Height in CSS pixels; must equal the figure's `layout.height`. */
  readonly height: number;
  readonly className?: string;
  /** Milliseconds between two redraws, at least. */
  readonly interval?: number;
  /** Called once, when the chart is first drawn. */
  readonly onReady?: () => void;
}

/** Faster is hardly seen, and the processor is the trainer's. */
const INTERVAL = 400;

const loadPlotly = () => import('./plotly.ts');
type Plotly = Awaited<ReturnType<typeof loadPlotly>>;

// Fetched and rehearsed when the page has nothing else to do: that takes longer than any other task of the
// page, and must not fall into a training run.
const whenIdle = globalThis.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, 200));
whenIdle(async () => {
  const { rehearse } = await loadPlotly();
  whenIdle(() => void rehearse());
});

/** Draws figures into one element; lives as long as the element does. */
class ChartDrawing extends OnScreen<HTMLElement> {
  figure: ChartProps['figure'] | null = null;
  width = 0;
  /** Called once, after the first draw. */
  onDrawn: (() => void) | null = null;
  #plotly: Plotly | null = null;

  protected override ready(): boolean {
    return this.#plotly !== null && this.figure !== null && this.width > 0;
  }

  protected override onVisible(): void {
    if (this.#plotly) return;
    void loadPlotly().then((plotly) => {
      this.#plotly = plotly;
      this.invalidate();
    });
  }

  protected override paint(): void {
    if (!this.#plotly || !this.figure) return;
    const { data, layout, config } = typeof this.figure === 'function' ? this.figure() : this.figure;
    void this.#plotly.react(this.element, data, { ...layout, width: this.width }, config);
    this.onDrawn?.();
    this.onDrawn = null;
  }

  override close(): void {
    super.close();
    this.#plotly?.purge(this.element);
  }
}

/** A chart that fills its box's width. */
export function Chart({ figure, label, height, className, interval = INTERVAL, onReady }: ChartProps) {
  const box = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const drawing = useRef<ChartDrawing | null>(null);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);
  const ready = useRef(onReady);
  ready.current = onReady;

  // Before the first paint, so that the room is reserved without a jump.
  useLayoutEffect(() => {
    const element = box.current!;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const chart = new ChartDrawing(plot.current!);
    drawing.current = chart;
    chart.onDrawn = () => {
      setDrawn(true);
      ready.current?.();
    };
    return () => {
      chart.close();
      drawing.current = null;
    };
  }, []);

  useEffect(() => {
    const chart = drawing.current!;
    chart.figure = figure;
    chart.width = width;
    chart.interval = interval;
    chart.invalidate();
  }, [figure, width, interval]);

  return (
    <figure
      ref={box}
      className={className}
      aria-label={label}
      style={{ margin: 0, height, minWidth: 0, overflow: 'hidden' }}
    >
      <div ref={plot} style={{ height: '100%', opacity: drawn ? 1 : 0, transition: 'opacity 150ms' }} />
    </figure>
  );
}
