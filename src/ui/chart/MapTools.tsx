/** What is done with the map: what a drag does, zoom, and pictures to take away. */
import { type ReactNode, useState } from 'react';
import css from './Map.module.css';
import type { MapMode } from './MapPanel.tsx';
import type { MapView } from './mapView.ts';

interface MapToolsProps {
  readonly shown: MapView;
  readonly mode: MapMode;
  onMode(mode: MapMode): void;
  onPng(): void;
  /** Saves the map as SVG, or says why not. */
  onSvg(): string | null;
}

const MODES: readonly { readonly mode: MapMode; readonly name: string; readonly meaning: string }[] = [
  { mode: 'move', name: 'Move', meaning: 'Drag to move the map; click a point to ask about it' },
  {
    mode: 'lasso',
    name: 'Lasso',
    meaning: 'Drag around points to select them; also Shift and drag while moving',
  },
];

export function MapTools({ shown, mode, onMode, onPng, onSvg }: MapToolsProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const button = (name: ReactNode, label: string | undefined, onClick: () => void, disabled = false) => (
    <button type="button" aria-label={label} onClick={onClick} disabled={disabled}>
      {name}
    </button>
  );
  return (
    <div className={css.toolbox}>
      <fieldset className={css.tools} aria-label="Move the map with the arrow keys" onKeyDown={shown.onKey}>
        {MODES.map((choice) => (
          <button
            key={choice.mode}
            type="button"
            aria-pressed={choice.mode === mode}
            title={choice.meaning}
            onClick={() => onMode(choice.mode)}
          >
            {choice.name}
          </button>
        ))}
        {button('+', 'Zoom in', () => shown.zoom('in'))}
        {button('−', 'Zoom out', () => shown.zoom('out'))}
        {button('Reset', undefined, shown.reset, !shown.moved)}
        {button('PNG', undefined, () => {
          setRefusal(null);
          onPng();
        })}
        {button('SVG', undefined, () => setRefusal(onSvg()))}
      </fieldset>
      <p role="status" className={css.refusal}>
        {refusal}
      </p>
    </div>
  );
}
