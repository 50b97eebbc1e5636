/** What the pointer does in a panel of the map: it points, asks by a click, and by a drag moves the map or draws around points. */
import { type MouseEvent, type PointerEvent, useEffect, useState } from 'react';
import { nearestPoint, type PointReference, panned, zoomed } from '../../charts/map.ts';
import { type Outline, samplesInside } from '../../charts/mapLighting.ts';
import type { PanelProps } from './MapPanel.tsx';
import { extended, isDragged, toMap } from './mapPointer.ts';

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly view: PanelProps['view'];
  readonly lasso: boolean;
  /** Whether it has gone anywhere: a lasso ends where it began, and is no click for that. */
  readonly moved: boolean;
}

/** How near to a point a finger and a mouse must come, in pixels. */
const reachOf = ({ pointerType }: PointerEvent) => (pointerType === 'touch' ? 24 : 12);

/** Where in the panel the pointer is, in pixels from its top left. */
function placeOf(event: PointerEvent): readonly [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/** Calls back on Escape while something is held, before anybody else hears of it. */
function useLeavingOff(held: boolean, leaveOff: () => void): void {
  useEffect(() => {
    if (!held) return;
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // The selection that there is stays: what is left off is the drawing.
      event.stopPropagation();
      leaveOff();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  });
}

/** The state of the pointer, and what the panel's surface hands its events to. */
export function useGestures(panel: PanelProps) {
  const { content, k, hidden, view, size, mode, onView, onAsk, onSelect } = panel;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [outline, setOutline] = useState<Outline>([]);
  const [pointed, setPointed] = useState<PointReference | null>(null);

  const nearest = (event: PointerEvent) =>
    nearestPoint(content, k, hidden, view, size, placeOf(event), reachOf(event));
  const leaveOff = () => {
    setDrag(null);
    setOutline([]);
  };
  useLeavingOff(drag !== null, leaveOff);

  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      const [x, y] = placeOf(event);
      const lasso = mode === 'lasso' || event.shiftKey;
      // A finger that moves in the panel scrolls the page, unless it draws.
      if (lasso || event.pointerType !== 'touch') event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ x, y, view, lasso, moved: false });
      setOutline(lasso ? [toMap(view, size, x, y)] : []);
    },
    onPointerMove(event: PointerEvent) {
      const [x, y] = placeOf(event);
      if (!drag) return setPointed(nearest(event));
      setPointed(null);
      if (!drag.moved && isDragged(drag, x, y)) setDrag({ ...drag, moved: true });
      if (drag.lasso) setOutline((line) => extended(line, toMap(view, size, x, y), view, size));
      else if (event.pointerType !== 'touch') onView(panned(drag.view, size, x - drag.x, y - drag.y));
    },
    onPointerUp(event: PointerEvent) {
      if (drag && !drag.moved && !isDragged(drag, ...placeOf(event))) {
        const point = nearest(event);
        setPointed(point);
        onAsk(point);
      } else if (drag?.lasso) {
        onSelect(samplesInside(content, k, hidden, outline));
      }
      leaveOff();
    },
    onPointerCancel: leaveOff,
    onPointerLeave: () => setPointed(null),
    onDoubleClick({ nativeEvent: { offsetX, offsetY } }: MouseEvent) {
      onView(zoomed(view, 2, offsetX / size, offsetY / size));
    },
  };
  return { pointed, outline, held: drag !== null, handlers };
}
