/**
 * Fig. 2 on the page: three panels with one view, a legend whose groups can be hidden, points that can be asked about and
 * selected, and pictures to take away. Knows nothing of how points got their coordinates, nor of what is known of samples.
 */
import { type CSSProperties, type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { MapContent, PointReference } from '../../charts/map.ts';
import type { Lighting } from '../../charts/mapLighting.ts';
import { createMarks, markSize } from '../../charts/mapMarks.ts';
import { svgOf } from '../../charts/mapSvg.ts';
import {
  chartTheme,
  type Group,
  groupStyles,
  type PaletteName,
  type ThemeName,
} from '../../charts/palette.ts';
import { useStillness } from '../useStillness.ts';
import { createCanvas } from './canvas.ts';
import css from './Map.module.css';
import { MapLegend } from './MapLegend.tsx';
import type { Trail } from './MapOverlay.tsx';
import type { MapMode } from './MapPanel.tsx';
import { MapPanels } from './MapPanels.tsx';
import { MapReading } from './MapReading.tsx';
import { MapSelect, type MapSelection } from './MapSelect.tsx';
import { MapTools } from './MapTools.tsx';
import { saveMapPng, saveMapSvg } from './mapPicture.ts';
import { useMapView, usePixelRatio } from './mapView.ts';

export interface MapChartProps {
  /** Keep the arrays of groups that did not change: their points are then not sent to be drawn again. */
  readonly content: MapContent;
  readonly theme: ThemeName;
  readonly palette: PaletteName;
  /** What assistive technology calls the map, e.g. "Projection of activation: source, types A, B, C, target". */
  readonly label: string;
  /** What a picture of the map is headed, e.g. "Activation". */
  readonly heading: string;
  readonly lit: Lighting | null;
  readonly asked: PointReference | null;
  readonly trail: Trail | null;
  readonly selection: MapSelection;
  /** Whether samples glide to new places, as when time is travelled, where the system allows for motion. */
  readonly glide: boolean;
  onAsk(point: PointReference | null): void;
}

/** The map with its legend and tools. */
export function MapChart(props: MapChartProps) {
  const { content, theme, palette, label, heading, lit, asked, trail, selection, onAsk } = props;
  const [hidden, setHidden] = useState<ReadonlySet<Group>>(new Set());
  const [mode, setMode] = useState<MapMode>('move');
  const shown = useMapView(content);
  const ratio = usePixelRatio();
  const still = useStillness();
  const note = useId();
  const colours = chartTheme(theme);
  const styles = useMemo(() => groupStyles(palette, theme), [palette, theme]);
  const diameter = markSize(content);
  const marks = useMemo(
    () => createMarks(styles, diameter, ratio, colours.text, createCanvas),
    [styles, diameter, ratio, colours],
  );

  const toggle = (group: Group) =>
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(group)) next.add(group);
      return next;
    });

  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') selection.onClear();
  };

  const figure = { content, hidden, view: shown.view, lit, styles, diameter, theme: colours, heading };
  const saveSvg = () => {
    const made = svgOf(figure);
    if (made.svg !== null) saveMapSvg(made.svg, content.kind);
    return made.refusal;
  };

  return (
    <figure
      className={css.map}
      aria-label={label}
      aria-describedby={note}
      // So that Escape is heard after a click on the map.
      tabIndex={-1}
      onKeyDown={press}
      style={{ '--map-surface': colours.surface, '--map-text': colours.text } as CSSProperties}
    >
      <div className={css.bar}>
        <MapLegend styles={styles} present={content.groups} hidden={hidden} onToggle={toggle} />
        <MapTools {...{ shown, mode }} onMode={setMode} onPng={() => saveMapPng(figure)} onSvg={saveSvg} />
      </div>
      <MapPanels
        {...{ content, hidden, mode, marks, ratio, lit, asked, trail, onAsk }}
        view={shown.view}
        glide={props.glide && !still}
        onView={shown.setView}
        onSelect={(samples) => selection.onSelect('Drawn on the map', samples)}
      />
      <MapSelect {...{ content, hidden, selection }} />
      <MapReading {...{ styles, ink: colours.text }} id={note} kind={content.kind} />
    </figure>
  );
}
