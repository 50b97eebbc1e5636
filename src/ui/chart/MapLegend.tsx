/** The map's legend: one button a group, which hides or shows it in all three panels at once. */
import type { MapContent } from '../../charts/map.ts';
import { markPath } from '../../charts/mapMarks.ts';
import { GROUP_LABELS, GROUPS, type Group, type GroupStyle } from '../../charts/palette.ts';
import css from './Map.module.css';

/** What each group is, for those who do not know the paper by heart. */
const MEANINGS: Record<Group, string> = {
  source: 'Utterances of the source corpus',
  A: 'Source utterances taken to the target and back, under their own label',
  B: 'Source utterances taken to the target',
  C: 'Target utterances taken to the source, once for each class',
  target: 'Utterances of the target corpus',
};

interface MapLegendProps {
  readonly styles: Readonly<Record<Group, GroupStyle>>;
  readonly present: MapContent['groups'];
  readonly hidden: ReadonlySet<Group>;
  readonly onToggle: (group: Group) => void;
}

/** Buttons in the order of the paper's caption; a group that is not there yet cannot be pressed. */
export function MapLegend({ styles, present, hidden, onToggle }: MapLegendProps) {
  return (
    <fieldset className={css.legend} aria-label="Groups on the map">
      {GROUPS.map((group) => {
        const { colour, outline, symbol } = styles[group];
        return (
          <button
            key={group}
            type="button"
            aria-pressed={!hidden.has(group)}
            disabled={!present[group]}
            title={MEANINGS[group]}
            onClick={() => onToggle(group)}
          >
            <svg viewBox="-9 -9 18 18" aria-hidden="true">
              <path d={markPath(symbol, 13)} fill={colour} stroke={outline ?? 'none'} strokeWidth="1.5" />
            </svg>
            {GROUP_LABELS[group]}
          </button>
        );
      })}
    </fieldset>
  );
}
