/** Fig. 2: real and synthetic samples on one map, one panel a class. */
import { useMemo } from 'react';
import type { MapContent } from '../../charts/map.ts';
import { utteranceNames } from '../../charts/map.ts';
import { useStudioState } from '../../store/react.tsx';
import { MapChart } from '../chart/MapChart.tsx';
import { useTheme } from '../theme.ts';
import styles from './Explore.module.css';
import { frameToShow, realPoints, syntheticPoints } from './mapContent.ts';

function useMapContent(): MapContent | null {
  const task = useStudioState((s) => s.setup.task);
  const source = useStudioState((s) => s.corpora.source.corpus);
  const target = useStudioState((s) => s.corpora.target.corpus);
  const frame = useStudioState((s) => frameToShow(s.map.frames, s.view.map));
  const placed = useStudioState((s) => s.map.placed);
  const real = useMemo(
    () =>
      source &&
      target &&
      frame && {
        source: realPoints(source, frame.sourceRows, frame.source, task),
        target: realPoints(target, frame.targetRows, frame.target, task),
      },
    [source, target, frame, task],
  );
  const names = useMemo(
    () => source && target && { source: utteranceNames(source), target: utteranceNames(target) },
    [source, target],
  );
  return useMemo(() => {
    if (!real || !frame || !names) return null;
    // Samples of another task's GAN belong to other classes.
    const synthetic = placed && placed.task === task ? syntheticPoints(placed, frame.kind, names) : {};
    return { kind: frame.kind, groups: { ...real, ...synthetic } };
  }, [real, frame, names, placed, task]);
}

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
      <li>
        <b>Distances</b> on a UMAP are not to scale: gaps and sizes of clusters mean little.
      </li>
    </ul>
  );
}

export function ProjectionPanel() {
  const content = useMapContent();
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const task = useStudioState((s) => s.setup.task);
  const conflict = useStudioState((s) => !!s.corpora.pair?.conflict);
  return (
    <section aria-label="Projection" className={styles.panel}>
      {content ? (
        <MapChart
          content={content}
          theme={theme}
          palette={palette}
          label={`Map of ${task}, low, mid and high: source, types A, B and C, target`}
        />
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
