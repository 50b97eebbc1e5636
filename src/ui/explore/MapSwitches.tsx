/** Which map, which colours; and how far the map has come. */
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Segmented } from '../shell/Segmented.tsx';
import styles from './Explore.module.css';
import { SnapshotNote } from './SnapshotNote.tsx';

const KINDS = [
  { value: 'umap', label: 'UMAP' },
  { value: 'pca', label: 'PCA' },
] as const;

function Fitting() {
  const { map } = useStudio();
  const fitting = useStudioState((s) => s.map.fitting);
  const missing = useStudioState(
    ({ map: m, corpora: { pair } }) =>
      pair !== null && !pair.conflict && (m.error !== null || m.frames.umap === null),
  );
  return (
    <div className={styles.fitting}>
      {fitting && (
        <>
          <span>
            {fitting.stage} {Math.round(100 * fitting.share)} %
          </span>
          <progress aria-label="Fitting the map" max={1} value={fitting.share} />
          <button type="button" className="quiet" onClick={map.cancel}>
            Cancel
          </button>
        </>
      )}
      {!fitting && missing && (
        <button type="button" className="quiet" onClick={() => void map.fit()}>
          Fit the map again
        </button>
      )}
    </div>
  );
}

export function MapSwitches() {
  const { view } = useStudio();
  const kind = useStudioState((s) => s.view.map);
  const safe = useStudioState((s) => s.view.palette === 'colour-blind');
  return (
    <>
      <Segmented label="Map" hideLabel options={KINDS} value={kind} onChange={(map) => view.set({ map })} />
      <label>
        <input
          type="checkbox"
          checked={safe}
          onChange={(e) => view.set({ palette: e.target.checked ? 'colour-blind' : 'paper' })}
        />{' '}
        Colour-blind safe, with shapes
      </label>
      <SnapshotNote />
      <Fitting />
    </>
  );
}
