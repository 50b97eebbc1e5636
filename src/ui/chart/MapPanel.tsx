/** One panel of the map: the surface that takes the pointer, and what lies above the points. */
import type { MapContent, PointReference, View } from '../../charts/map.ts';
import type { Group } from '../../charts/palette.ts';
import type { SampleSelection } from '../../diagnosis/samples.ts';
import css from './Map.module.css';
import { MapOverlay, MapTip, type Trail } from './MapOverlay.tsx';
import { useGestures } from './mapGestures.ts';

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

/** The panel of class `k`. */
export function MapPanel(props: PanelProps) {
  const { content, k, title, view, size, mode, asked, trail } = props;
  const { pointed, outline, held, handlers } = useGestures(props);
  return (
    <div>
      <div className={css.title}>{title}</div>
      <div className={css.box} data-panel={title}>
        {/* By keyboard, the tools move the map and MapSelect selects. */}
        <div className={mode === 'lasso' ? css.lasso : css.surface} data-held={held} {...handlers} />
        <MapOverlay {...{ content, k, view, size, asked, trail, outline }} />
        {pointed && <MapTip {...{ content, pointed, view, size }} />}
      </div>
    </div>
  );
}
