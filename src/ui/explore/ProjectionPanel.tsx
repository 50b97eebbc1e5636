/** Fig. 2: real and synthetic samples on one map, one panel a class. */
import type { MapContent } from '../../charts/map.ts';
import { sampleShown } from '../../charts/mapLighting.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { NamedSelection } from '../../store/selection.ts';
import { selectedCount } from '../../store/selectionRows.ts';
import { MapChart } from '../chart/MapChart.tsx';
import type { MapSelection } from '../chart/MapSelect.tsx';
import { plural } from '../format.ts';
import { useTheme } from '../theme.ts';
import styles from './Explore.module.css';
import { useMapContent, useMapMarks } from './useMap.ts';

/** What a lecture would point at. */
function Reading() {
  return (
    <ul className={styles.reading}>
      <li>
        <b>Type A</b> has been to the target and back: it should lie on the source.
      </li>
      <li>
        <b>Type B</b> imitates the target: it should lie on the target, each class in its own panel.
      </li>
      <li>
        <b>Type C</b> is the target brought home under a class: it should lie on the source.
      </li>
    </ul>
  );
}

const inWords = (selection: NamedSelection | null) =>
  selection && `${selection.label}: ${plural(selectedCount(selection.samples), 'sample')}`;

/** Selections as the map's tools show them and make them. */
function useSelection(): MapSelection {
  const { selection } = useStudio();
  const first = useStudioState((s) => inWords(s.selection.first));
  const second = useStudioState((s) => inWords(s.selection.second));
  const awaiting = useStudioState((s) => s.selection.awaiting);
  return {
    first,
    second,
    awaiting,
    // The store itself takes what is selected as the second where it was asked to wait for that.
    onSelect: (label, samples) => selection.select(samples && { label, samples }),
    onAwait: selection.awaitSecond,
    onClear: selection.clear,
  };
}

function Projection({ content }: { readonly content: MapContent }) {
  const { selection } = useStudio();
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const task = useStudioState((s) => s.setup.task);
  // Where time is travelled, samples glide; while training streams, drawing leaves the processor to it.
  const glide = useStudioState((s) => s.timeline.position !== null);
  const marks = useMapMarks(content);
  return (
    <MapChart
      {...{ content, theme, palette, glide }}
      {...marks}
      label={`Map of ${task}, low, mid and high: source, types A, B and C, target`}
      heading={`${task[0].toUpperCase()}${task.slice(1)}`}
      selection={useSelection()}
      onAsk={(point) => selection.ask(point && sampleShown(content, point))}
    />
  );
}

export function ProjectionPanel() {
  const content = useMapContent();
  const conflict = useStudioState((s) => !!s.corpora.pair?.conflict);
  return (
    <section aria-label="Projection" className={styles.panel}>
      {content ? (
        <Projection content={content} />
      ) : (
        <div className={styles.empty}>
          {conflict
            ? 'No map: these two corpora cannot be used together.'
            : 'The map appears with the corpora.'}
        </div>
      )}
      <Reading />
    </section>
  );
}
