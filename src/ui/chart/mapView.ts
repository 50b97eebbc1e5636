/** Which part of the map is on show, and how keys move it; what the screen asks of drawing. */
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { type MapContent, mapFrame, panned, type View, zoomed } from '../../charts/map.ts';

const ZOOM = 1.5;
/** Share of the panel that an arrow key moves the map by. */
const STEP = 0.1;

/** The view after a key, or null where the key means nothing to the map. */
function viewAfterKey(view: View, key: string): View | null {
  switch (key) {
    case 'ArrowLeft':
      return panned(view, 1, STEP, 0);
    case 'ArrowRight':
      return panned(view, 1, -STEP, 0);
    case 'ArrowUp':
      return panned(view, 1, 0, STEP);
    case 'ArrowDown':
      return panned(view, 1, 0, -STEP);
    case '+':
    case '=':
      return zoomed(view, ZOOM);
    case '-':
      return zoomed(view, 1 / ZOOM);
    default:
      return null;
  }
}

export interface MapView {
  readonly view: View;
  /** Whether the user has moved it. */
  readonly moved: boolean;
  setView(view: View): void;
  zoom(direction: 'in' | 'out'): void;
  /** Shows all points again. */
  reset(): void;
  /** Moves the map by the arrow keys, + and −, and 0 for all of it. */
  onKey(event: KeyboardEvent): void;
}

/** The view of a map: all of it, until the user moves it. */
export function useMapView(content: MapContent): MapView {
  const [moved, setMoved] = useState<{ kind: MapContent['kind']; view: View } | null>(null);
  const { x, y, half } = useMemo(() => mapFrame(content), [content]);
  // The same object while the frame has not changed: painters compare views by identity.
  const home = useMemo((): View => ({ x, y, half }), [x, y, half]);
  const isMoved = moved?.kind === content.kind;
  const view = isMoved ? moved.view : home;
  const setView = (next: View) => setMoved({ kind: content.kind, view: next });
  return {
    view,
    moved: isMoved,
    setView,
    zoom: (direction) => setView(zoomed(view, direction === 'in' ? ZOOM : 1 / ZOOM)),
    reset: () => setMoved(null),
    onKey: (event) => {
      const next = event.key === '0' ? home : viewAfterKey(view, event.key);
      if (!next) return;
      event.preventDefault();
      setView(next);
    },
  };
}

/** The ratio of device to CSS pixels, at most 2: beyond that it costs time and shows nothing. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => Math.min(2, window.devicePixelRatio || 1));
  useEffect(() => {
    const media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const change = () => setRatio(Math.min(2, window.devicePixelRatio || 1));
    media.addEventListener('change', change, { once: true });
    return () => media.removeEventListener('change', change);
  });
  return ratio;
}
