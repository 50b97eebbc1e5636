/** One panel of the map: what the pointer does in it (pointing, asking, moving, drawing around), and what lies above its points. */
import { type PointerEvent, useState } from 'react';
import {
  type MapContent,
  nearestPoint,
  type PointReference,
  panned,
  type View,
  zoomed,
} from '../../charts/map.ts';
import { type Outline, samplesInside } from '../../charts/mapLighting.ts';
import type { Group } from '../../charts/palette.ts';
import type { SampleSelection } from '../../diagnosis/samples.ts';
import css from './Map.module.css';
import { MapOverlay, MapTip, type Trail } from './MapOverlay.tsx';
import { extended, isDragged, toMap } from './mapPointer.ts';

/** What a drag does: it moves the map, or draws around points. */
export type MapMode = 'move' | 'lasso';

export interface PanelProps {
  readonly content: MapContent;
  /** The class of the panel, and its name. */
  readonly k: number;
  readonly title: string;
  readonly hidden: ReadonlySet<Group>;
  readonly view: View;
  /** Side in CSS pixels. */
  readonly size: number;
  readonly mode: MapMode;
  /** The point that was asked about, and where it has been. */
  readonly asked: PointReference | null;
  readonly trail: Trail | null;
  onView(view: View): void;
  onAsk(point: PointReference | null): void;
  /** What was drawn around; null where nothing was inside. */
  onSelect(samples: SampleSelection | null): void;
}

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly view: View;
  readonly lasso: boolean;
}

/** How near to a point a finger and a mouse must come, in pixels. */
const reachOf = ({ pointerType }: PointerEvent) => (pointerType === 'touch' ? 24 : 12);

/** The panel of class `k`. */
export function MapPanel(props: PanelProps) {
  const { content, k, title, hidden, view, size, mode, asked, trail, onView, onAsk, onSelect } = props;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [outline, setOutline] = useState<Outline>([]);
  const [pointed, setPointed] = useState<PointReference | null>(null);

  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top] as const;
  };
  const nearest = (event: PointerEvent) =>
    nearestPoint(content, k, hidden, view, size, at(event), reachOf(event));

  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const [x, y] = at(event);
    const lasso = mode === 'lasso' || event.shiftKey;
    // A finger that moves in the panel scrolls the page, unless it draws.
    if (lasso || event.pointerType !== 'touch') event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ x, y, view, lasso });
    setOutline(lasso ? [toMap(view, size, x, y)] : []);
  };

  const move = (event: PointerEvent) => {
    const [x, y] = at(event);
    if (!drag) return setPointed(nearest(event));
    setPointed(null);
    if (drag.lasso) setOutline((line) => extended(line, toMap(view, size, x, y), view, size));
    else if (event.pointerType !== 'touch') onView(panned(drag.view, size, x - drag.x, y - drag.y));
  };

  const release = (event: PointerEvent) => {
    const [x, y] = at(event);
    if (drag && !isDragged(drag, x, y)) {
      const point = nearest(event);
      setPointed(point);
      onAsk(point);
    } else if (drag?.lasso) {
      onSelect(samplesInside(content, k, hidden, outline));
    }
    cancel();
  };

  const cancel = () => {
    setDrag(null);
    setOutline([]);
  };

  return (
    <div>
      <div className={css.title}>{title}</div>
      <div className={css.box} data-panel={title}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, tools move the map and MapSelect selects */}
        <div
          className={mode === 'lasso' ? css.lasso : css.surface}
          data-held={drag !== null}
          onPointerDown={press}
          onPointerMove={move}
          onPointerUp={release}
          onPointerCancel={cancel}
          onPointerLeave={() => setPointed(null)}
          onDoubleClick={(event) => {
            const { offsetX, offsetY } = event.nativeEvent;
            onView(zoomed(view, 2, offsetX / size, offsetY / size));
          }}
        />
        <MapOverlay {...{ content, k, view, size, asked, trail, outline }} />
        {pointed && <MapTip {...{ content, pointed, view, size }} />}
      </div>
    </div>
  );
}
