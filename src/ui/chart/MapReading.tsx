/** How the map is read: what its marks say, and what its distances do not. */
import { FAR_OFF_DATA, type MapContent, OFF_DATA, type Standing } from '../../charts/map.ts';
import { type Emphasis, type MarkFace, markFace } from '../../charts/mapMarks.ts';
import type { Group, GroupStyle } from '../../charts/palette.ts';
import css from './Map.module.css';

interface MapReadingProps {
  readonly id: string;
  readonly kind: MapContent['kind'];
  readonly styles: Readonly<Record<Group, GroupStyle>>;
  /** Colour of the frame of what is selected. */
  readonly ink: string;
}

interface Sign {
  readonly group: Group;
  readonly standing: Standing;
  readonly emphasis?: Emphasis;
  readonly meaning: string;
}

const SIGNS: readonly Sign[] = [
  { group: 'B', standing: 'on', meaning: 'on the data' },
  {
    group: 'B',
    standing: 'off',
    meaning: `off it: ${OFF_DATA} to ${FAR_OFF_DATA} × as far from real rows as they from each other`,
  },
  { group: 'B', standing: 'far', meaning: 'far off it: more' },
  { group: 'source', standing: 'unlabelled', meaning: 'no label' },
  { group: 'B', standing: 'on', emphasis: 'first', meaning: 'selected' },
  { group: 'B', standing: 'on', emphasis: 'second', meaning: 'compared with' },
];

const DISTANCES: Record<MapContent['kind'], string> = {
  umap: 'A UMAP keeps neighbours together and nothing else: gaps between clusters, their sizes and their density mean little, and every sample is drawn among real rows, however far off it lies. That is what the marks tell.',
  pca: 'Two components show a part of all distances: what lies apart here lies apart, what lies together here may lie apart in the features. How far off a sample lies, the marks tell.',
};

/** A mark as it stands on the map. */
function Mark({ face }: { readonly face: MarkFace }) {
  return (
    <svg className={css.sign} viewBox="-9 -9 18 18" aria-hidden="true" opacity={face.opacity}>
      {face.parts.map(({ path, fill, filled, stroke, width }) => (
        <path
          key={path}
          d={path}
          fill={fill ?? 'none'}
          fillOpacity={filled}
          stroke={stroke ?? 'none'}
          strokeWidth={width}
        />
      ))}
    </svg>
  );
}

export function MapReading({ id, kind, styles, ink }: MapReadingProps) {
  return (
    <figcaption id={id} className={css.note}>
      <ul className={css.signs} aria-label="What the marks say">
        {SIGNS.map(({ group, standing, emphasis = 'usual', meaning }) => (
          <li key={meaning}>
            <Mark face={markFace(group, styles[group], 11, standing, emphasis, ink)} />
            {meaning}
          </li>
        ))}
      </ul>
      <p>{DISTANCES[kind]}</p>
    </figcaption>
  );
}
