/** The mark of a group of samples, as the map draws it; its name stands beside it. */
import { markPath } from '../../charts/mapMarks.ts';
import { GROUP_LABELS, groupStyles } from '../../charts/palette.ts';
import type { SampleGroup } from '../../diagnosis/samples.ts';
import { useStudioState } from '../../store/react.tsx';
import { useTheme } from '../theme.ts';
import styles from './Inspect.module.css';

export function GroupMark({ group }: { readonly group: SampleGroup }) {
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const { colour, outline, symbol } = groupStyles(palette, theme)[group];
  return (
    <span className={styles.group}>
      <svg viewBox="-9 -9 18 18" aria-hidden="true">
        <path d={markPath(symbol, 13)} fill={colour} stroke={outline ?? 'none'} strokeWidth="1.5" />
      </svg>
      {GROUP_LABELS[group]}
    </span>
  );
}
