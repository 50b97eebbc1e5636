/** What the map shows of the store's state: points, what is selected among them, and the way of one. */
import { useMemo } from 'react';
import { type MapContent, utteranceNames } from '../../charts/map.ts';
import { lightingOf, pointShowing } from '../../charts/mapLighting.ts';
import { useStudioState } from '../../store/react.tsx';
import { type Moment, momentShown } from '../../store/timeline.ts';
import { frameToShow, realPoints, syntheticPoints, trailOf } from './mapContent.ts';

/** The moment on show, where its samples are those of the task at hand: another GAN's belong to other classes. */
function useMoment(): Moment | null {
  return useStudioState((s) => {
    const moment = momentShown(s.timeline);
    return moment?.task === s.setup.task ? moment : null;
  });
}

/** All points of the map; null while there is no frame. */
export function useMapContent(): MapContent | null {
  const task = useStudioState((s) => s.setup.task);
  const source = useStudioState((s) => s.corpora.source.corpus);
  const target = useStudioState((s) => s.corpora.target.corpus);
  const frame = useStudioState((s) => frameToShow(s.map.frames, s.view.map));
  const moment = useMoment();
  const names = useMemo(
    () => source && target && { source: utteranceNames(source), target: utteranceNames(target) },
    [source, target],
  );
  const real = useMemo(
    () =>
      source &&
      target &&
      names &&
      frame && {
        source: realPoints(source, frame.sourceRows, frame.source, task, names.source),
        target: realPoints(target, frame.targetRows, frame.target, task, names.target),
      },
    [source, target, frame, task, names],
  );
  // Of the moment these two alone: it becomes another object when it is measured, and nothing on the map moves.
  const rows = moment?.rows;
  const placements = moment?.placements;
  return useMemo(() => {
    if (!real || !frame || !names) return null;
    const synthetic = rows && placements ? syntheticPoints({ rows, placements }, frame.kind, names) : {};
    return { kind: frame.kind, groups: { ...real, ...synthetic } };
  }, [real, frame, names, rows, placements]);
}

/** What lights up on a map, the point asked about, and where that has been. */
export function useMapMarks(content: MapContent) {
  const first = useStudioState((s) => s.selection.first?.samples ?? null);
  const second = useStudioState((s) => s.selection.second?.samples ?? null);
  const point = useStudioState((s) => s.selection.point);
  const moments = useStudioState((s) => s.timeline.moments);
  const moment = useMoment();
  const lit = useMemo(() => lightingOf(content, first, second), [content, first, second]);
  const asked = useMemo(() => pointShowing(content, point), [content, point]);
  const trail = useMemo(
    () => trailOf(moments, moment, asked, content.kind),
    [moments, moment, asked, content.kind],
  );
  return { lit, asked, trail };
}
