/** The three panels of the map side by side, or one below the other where there is no room; one canvas under all. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { CLASSES } from '../../corpus/corpus.ts';
import css from './Map.module.css';
import { MapPanel, type PanelProps } from './MapPanel.tsx';
import { MapDrawing, type MapScene, type PanelPlaces } from './mapDrawing.ts';

type MapPanelsProps = Omit<PanelProps, 'k' | 'title' | 'size'> & Omit<MapScene, 'places'>;

const UNKNOWN: PanelPlaces = { width: 0, height: 0, size: 0, corners: [] };

/** Where the boxes of the panels lie in what holds them, borders left out. */
function measure(holder: HTMLElement): PanelPlaces {
  const boxes = [...holder.querySelectorAll<HTMLElement>('[data-panel]')];
  return {
    width: holder.clientWidth,
    height: holder.clientHeight,
    size: Math.min(...boxes.map((box) => box.clientWidth)),
    corners: boxes.map((box) => ({
      left: box.offsetLeft + box.clientLeft,
      top: box.offsetTop + box.clientTop,
    })),
  };
}

export function MapPanels(props: MapPanelsProps) {
  const holder = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const drawing = useRef<MapDrawing | null>(null);
  const [places, setPlaces] = useState(UNKNOWN);

  useLayoutEffect(() => {
    const element = holder.current!;
    const look = () => setPlaces(measure(element));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const map = new MapDrawing(ground.current!);
    drawing.current = map;
    return () => map.close();
  }, []);

  const { content, hidden, view, marks, lit, ratio, glide } = props;
  useEffect(() => {
    drawing.current!.show({ content, hidden, view, marks, lit, ratio, glide, places });
  }, [content, hidden, view, marks, lit, ratio, glide, places]);

  return (
    <div ref={holder} className={css.panels}>
      <div ref={ground} className={css.ground} aria-hidden="true" />
      {CLASSES.map((name, k) => (
        <MapPanel key={name} {...props} k={k} title={name} size={places.size} />
      ))}
    </div>
  );
}
