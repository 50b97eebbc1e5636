/** Features that only one of the corpora has, which no method can use. */
import { useMemo } from 'react';
import { useStudioState } from '../../../store/react.tsx';
import { plural } from '../../format.ts';
import { Examples, MOST_LISTED } from '../Examples.tsx';
import styles from './Pair.module.css';

const without = (features: readonly string[], other: readonly string[]): readonly string[] => {
  const known = new Set(other);
  return features.filter((name) => !known.has(name));
};

function Side({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Examples
      title={`${plural(names.length, 'feature')} only in the ${title}`}
      count={names.length}
      examples={names.slice(0, MOST_LISTED)}
    />
  );
}

export function OneSided() {
  const source = useStudioState((s) => s.corpora.source.corpus?.features);
  const target = useStudioState((s) => s.corpora.target.corpus?.features);
  const shared = useStudioState((s) => s.corpora.pair?.shared ?? 0);
  const [onlySource, onlyTarget] = useMemo(
    () => (source && target ? [without(source, target), without(target, source)] : [[], []]),
    [source, target],
  );
  const all = onlySource.length + onlyTarget.length;
  return (
    <div className={styles.sided}>
      <p>
        <b>{plural(shared, 'feature')}</b> shared by name
        {all > 0 ? '; those that only one corpus has are left out of training.' : ', all of them.'}
      </p>
      <Side title="source" names={onlySource} />
      <Side title="target" names={onlyTarget} />
    </div>
  );
}
