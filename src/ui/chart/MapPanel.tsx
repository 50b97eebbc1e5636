/** One panel of the map: a canvas that paints through the shared scheduler, with hover and drag. */
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  describePoint,
  type MapContent,
  nearestPoint,
  type PointReference,
  panned,
  toScreen,
  type View,
  zoomed,
} from '../../charts/map.ts';
import { type MarkSet, PanelPainter, type PanelScene } from '../../charts/paintMap.ts';
import type { Group } from '../../charts/palette.ts';
import { createCanvas } from './canvas.ts';
import css from './Map.module.css';
import { OnScreen } from './onScreen.ts';

/** Milliseconds between two repaints while samples stream. */
const INTERVAL = 250;

class PanelDrawing extends OnScreen<HTMLCanvasElement> {
  scene: PanelScene | null = null;
  readonly #painter = new PanelPainter(createCanvas);

  protected override ready(): boolean {
    return this.scene !== null;
  }

  protected override paint(): void {
    const context = this.element.getContext('2d');
    if (!context || !this.scene) return;
    const { size } = this.scene;
    // Setting a canvas's size clears it, even to the same size.
    if (this.element.width !== size) {
      this.element.width = size;
      this.element.height = size;
    }
    this.#painter.paint(context, this.scene);
  }
}

interface MapPanelProps {
  readonly content: MapContent;
  readonly k: number;
  readonly title: string;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  readonly marks: MarkSet;
  readonly ratio: number;
  readonly onView: (view: View) => void;
}

/** The panel of class `k`. */
export function MapPanel({ content, k, title, hidden, view, marks, ratio, onView }: MapPanelProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<PanelDrawing | null>(null);
  const drag = useRef<{ x: number; y: number; view: View } | null>(null);
  const [size, setSize] = useState(0);
  const [pointed, setPointed] = useState<PointReference | null>(null);

  useLayoutEffect(() => {
    const element = canvas.current!;
    setSize(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => setSize(Math.round(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const panel = new PanelDrawing(canvas.current!);
    drawing.current = panel;
    return () => panel.close();
  }, []);

  useEffect(() => {
    const panel = drawing.current!;
    const pixels = Math.round(size * ratio);
    if (pixels === 0) return;
    const last = panel.scene;
    panel.scene = { content, k, hidden, view, marks, size: pixels };
    // New samples can wait their turn; a drag, a toggle or a resize cannot.
    panel.interval = last && last.content !== content ? INTERVAL : 0;
    panel.invalidate();
  }, [content, k, hidden, view, marks, size, ratio]);

  const position = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top] as const;
  };

  const move = (event: PointerEvent) => {
    const [x, y] = position(event);
    const from = drag.current;
    if (from) {
      setPointed(null);
      onView(panned(from.view, size, x - from.x, y - from.y));
    } else {
      setPointed(nearestPoint(content, k, hidden, view, size, [x, y]));
    }
  };

  const press = (event: PointerEvent) => {
    const [x, y] = position(event);
    if (event.pointerType === 'touch') {
      setPointed(nearestPoint(content, k, hidden, view, size, [x, y], 24));
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x, y, view };
  };

  return (
    <div className={css.panel}>
      <div className={css.title}>{title}</div>
      <div className={css.box}>
        <canvas
          ref={canvas}
          onPointerDown={press}
          onPointerMove={move}
          onPointerUp={() => {
            drag.current = null;
          }}
          onPointerLeave={() => setPointed(null)}
          onDoubleClick={(event) => {
            const { offsetX, offsetY } = event.nativeEvent;
            onView(zoomed(view, 2, offsetX / size, offsetY / size));
          }}
        />
        {pointed && <MapTip content={content} pointed={pointed} view={view} size={size} />}
      </div>
    </div>
  );
}

interface MapTipProps {
  readonly content: MapContent;
  readonly pointed: PointReference;
  readonly view: View;
  readonly size: number;
}

/** What the point under the pointer is; on the side of the point that has room. */
function MapTip({ content, pointed, view, size }: MapTipProps) {
  const at = content.groups[pointed.group]?.coordinates;
  if (!at || pointed.index * 2 >= at.length) return null;
  const [x, y] = toScreen(view, size, at[2 * pointed.index], at[2 * pointed.index + 1]);
  const [name, rest] = describePoint(content, pointed);
  const style = {
    ...(x < size / 2 ? { left: x + 10 } : { right: size - x + 10 }),
    ...(y < size / 2 ? { top: y + 6 } : { bottom: size - y + 6 }),
    maxWidth: Math.max(160, size * 0.6),
  };
  return (
    <>
      <div className={css.ring} style={{ left: x, top: y }} />
      <div className={css.tip} style={style}>
        <strong>{name}</strong>
        <span>{rest}</span>
      </div>
    </>
  );
}
