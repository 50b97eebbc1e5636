/**
 * Fig. 2 on the page: three panels with one view, a legend whose groups can be hidden, zoom, and a picture
 * to take away. Knows nothing of how points got their coordinates.
 */
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { type MapContent, mapFrame, panned, type View, zoomed } from '../../charts/map.ts';
import { createMarks, markSize, PanelPainter } from '../../charts/paintMap.ts';
import {
  chartTheme,
  type Group,
  groupStyles,
  type PaletteName,
  type ThemeName,
} from '../../charts/palette.ts';
import { CLASSES } from '../../corpus/corpus.ts';
import { createCanvas } from './canvas.ts';
import css from './Map.module.css';
import { MapLegend } from './MapLegend.tsx';
import { MapPanel } from './MapPanel.tsx';
import { saveMapPicture } from './mapPicture.ts';

export interface MapChartProps {
  /** Keep the arrays of groups that did not change: real points are then not painted anew. */
  readonly content: MapContent;
  readonly theme: ThemeName;
  readonly palette: PaletteName;
  /** What assistive technology calls the map, e.g. "Projection of activation: source, types A, B, C, target". */
  readonly label: string;
  readonly className?: string;
}

const ZOOM = 1.5;

/** The ratio of device to CSS pixels, at most 2: beyond that it costs time and shows nothing. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => Math.min(2, window.devicePixelRatio || 1));
  useEffect(() => {
    const media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const change = () => setRatio(Math.min(2, window.devicePixelRatio || 1));
    media.addEventListener('change', change, { once: true });
    return () => media.removeEventListener('change', change);
  });
  return ratio;
}

/** The view after a key, or null where the key means nothing to the map. */
function viewAfterKey(view: View, key: string): View | null {
  const step = 0.1;
  switch (key) {
    case 'ArrowLeft':
      return panned(view, 1, step, 0);
    case 'ArrowRight':
      return panned(view, 1, -step, 0);
    case 'ArrowUp':
      return panned(view, 1, 0, step);
    case 'ArrowDown':
      return panned(view, 1, 0, -step);
    case '+':
    case '=':
      return zoomed(view, ZOOM);
    case '-':
      return zoomed(view, 1 / ZOOM);
    default:
      return null;
  }
}

/** The map with its legend and tools. */
export function MapChart({ content, theme, palette, label, className }: MapChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<Group>>(new Set());
  const [moved, setMoved] = useState<{ kind: MapContent['kind']; view: View } | null>(null);
  const ratio = usePixelRatio();
  const note = useId();
  const styles = useMemo(() => groupStyles(palette, theme), [palette, theme]);
  const diameter = markSize(content);
  const marks = useMemo(() => createMarks(styles, diameter, ratio, createCanvas), [styles, diameter, ratio]);
  const { x, y, half } = mapFrame(content);
  // The same object while the frame has not changed: panels compare views by identity.
  const home = useMemo((): View => ({ x, y, half }), [x, y, half]);
  const view = moved?.kind === content.kind ? moved.view : home;
  const setView = (next: View) => setMoved({ kind: content.kind, view: next });

  const toggle = (group: Group) =>
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(group)) next.add(group);
      return next;
    });

  const press = (event: KeyboardEvent) => {
    const next = event.key === '0' ? home : viewAfterKey(view, event.key);
    if (!next) return;
    event.preventDefault();
    setView(next);
  };

  const save = () =>
    saveMapPicture(
      { content, hidden, view, styles, diameter, theme: chartTheme(theme) },
      new PanelPainter(createCanvas),
    );

  const { surface, text } = chartTheme(theme);
  const colours = { '--map-surface': surface, '--map-text': text } as CSSProperties;
  return (
    <figure
      className={`${css.map} ${className ?? ''}`}
      aria-label={label}
      aria-describedby={note}
      style={colours}
    >
      <div className={css.bar}>
        <MapLegend styles={styles} present={content.groups} hidden={hidden} onToggle={toggle} />
        <fieldset className={css.tools} aria-label="Move the map with the arrow keys" onKeyDown={press}>
          <button type="button" aria-label="Zoom in" onClick={() => setView(zoomed(view, ZOOM))}>
            +
          </button>
          <button type="button" aria-label="Zoom out" onClick={() => setView(zoomed(view, 1 / ZOOM))}>
            −
          </button>
          <button type="button" onClick={() => setMoved(null)} disabled={moved === null}>
            Reset
          </button>
          <button type="button" onClick={save}>
            PNG
          </button>
        </fieldset>
      </div>
      <div className={css.panels}>
        {CLASSES.map((name, k) => (
          <MapPanel
            key={name}
            {...{ content, k, hidden, view, marks, ratio }}
            title={name}
            onView={setView}
          />
        ))}
      </div>
      <figcaption id={note} className={css.note}>
        A map has no units: only near and far count. Hollow marks lie off the real data; pale marks carry no
        label.
      </figcaption>
    </figure>
  );
}
