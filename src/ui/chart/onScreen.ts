/**
 * A drawing that is made only while it can be seen, through the shared scheduler. Knows the element it
 * belongs to, not what is drawn on it.
 */
import { type Drawing, pageScheduler } from './schedule.ts';

/** Draws into `element` when it is stale and near the screen. */
export abstract class OnScreen<E extends HTMLElement> implements Drawing {
  /** Milliseconds between two draws, at least. */
  interval = 0;
  readonly element: E;
  #visible = false;
  #stale = false;
  readonly #observer: IntersectionObserver;

  constructor(element: E) {
    this.element = element;
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#visible = entries.at(-1)!.isIntersecting;
        if (this.#visible) this.onVisible();
        this.#ask();
      },
      { rootMargin: '100px' },
    );
    this.#observer.observe(element);
  }

  /** Whether everything is there that drawing needs. */
  protected abstract ready(): boolean;
  /** Draws the latest state. */
  protected abstract paint(): void;
  /** The element has come near the screen. */
  protected onVisible(): void {}

  /** Something changed: draw as soon as it can be seen. */
  invalidate(): void {
    this.#stale = true;
    this.#ask();
  }

  draw(): void {
    this.#stale = false;
    this.paint();
  }

  close(): void {
    this.#observer.disconnect();
    this.#visible = false;
    pageScheduler.cancel(this);
  }

  #ask(): void {
    if (this.#visible && this.#stale && this.ready()) pageScheduler.request(this);
    else pageScheduler.cancel(this);
  }
}
