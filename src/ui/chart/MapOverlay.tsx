/** What lies above the points of a panel: the outline being drawn, the point asked about and its way, the tip. */
import {
  describePoint,
  inPanel,
  type MapContent,
  type PointReference,
  toScreen,
  type View,
} from '../../charts/map.ts';
import type { Outline } from '../../charts/mapLighting.ts';
import css from './Map.module.css';

/** Where a point was at earlier moments and is now: `[x0, y0, x1, y1, …]`, oldest first. */
export type Trail = Float32Array;

interface MapOverlayProps {
  readonly content: MapContent;
  readonly k: number;
  readonly view: View;
  readonly size: number;
  readonly asked: PointReference | null;
  readonly trail: Trail | null;
  readonly outline: Outline;
}

/** Screen places as the points of an SVG line. */
const line = (places: readonly (readonly [number, number])[]) =>
  places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/** Lines and rings above the points; passes all pointers through. */
export function MapOverlay({ content, k, view, size, asked, trail, outline }: MapOverlayProps) {
  const points = asked && content.groups[asked.group];
  const ring =
    asked && points && inPanel(points, asked.index, k)
      ? toScreen(view, size, points.coordinates[2 * asked.index], points.coordinates[2 * asked.index + 1])
      : null;
  const way = ring && trail ? screenPlaces(trail, view, size) : [];
  return (
    <svg className={css.overlay} width={size} height={size} aria-hidden="true">
      {way.length > 1 && (
        <g className={css.trail}>
          <polyline points={line(way)} />
          {way.slice(0, -1).map(([x, y], n) => {
            const key = `${n} ${x} ${y}`;
            // The share of the way that a place lies at makes its dot the stronger.
            return <circle key={key} cx={x} cy={y} r={2.5} opacity={0.25 + (0.65 * (n + 1)) / way.length} />;
          })}
        </g>
      )}
      {ring && <circle className={css.asked} cx={ring[0]} cy={ring[1]} r={9} />}
      {outline.length > 1 && (
        <polygon className={css.outline} points={line(outline.map(([x, y]) => toScreen(view, size, x, y)))} />
      )}
    </svg>
  );
}

function screenPlaces(trail: Trail, view: View, size: number): [number, number][] {
  return Array.from({ length: trail.length / 2 }, (_, n) =>
    toScreen(view, size, trail[2 * n], trail[2 * n + 1]),
  );
}

interface MapTipProps {
  readonly content: MapContent;
  readonly pointed: PointReference;
  readonly view: View;
  readonly size: number;
}

/** What the point under the pointer is; on the side of the point that has room. */
export function MapTip({ content, pointed, view, size }: MapTipProps) {
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
