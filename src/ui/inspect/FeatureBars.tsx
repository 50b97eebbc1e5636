/** Features that differ, a row each: both values, and a bar from the middle for the difference in deviations. */
import type { CSSProperties } from 'react';
import { shortFeatureName, signed } from '../../charts/shiftFigure.ts';
import type { FeatureDifference } from '../../diagnosis/reports.ts';
import { formatLoss } from '../format.ts';
import styles from './Inspect.module.css';

interface FeatureBarsProps {
  readonly caption: string;
  /** What the two columns of values are of. */
  readonly first: string;
  readonly second: string;
  readonly features: readonly FeatureDifference[];
}

/** Characters of a name that have room, and those kept of a long one's end. */
const ROOM = { longest: 22, tail: 12 };
/** What a bar is at least as long for: small differences shall look small. */
const LEAST_REACH = 1;

const value = (number: number) => formatLoss(number).replace('-', '−');

function Bar({ difference, reach }: { readonly difference: number; readonly reach: number }) {
  const share = Math.min(1, Math.abs(difference) / reach);
  return (
    <span className={styles.bar} data-negative={difference < 0}>
      <span style={{ '--share': share } as CSSProperties} />
    </span>
  );
}

export function FeatureBars({ caption, first, second, features }: FeatureBarsProps) {
  const finite = features.map(({ difference }) => Math.abs(difference)).filter(Number.isFinite);
  const reach = Math.max(LEAST_REACH, ...finite);
  return (
    <table className={styles.features}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Feature</th>
          <th scope="col">{first}</th>
          <th scope="col">{second}</th>
          <th scope="col">Difference in SD</th>
        </tr>
      </thead>
      <tbody>
        {features.map(({ feature, first: from, second: to, difference }) => (
          <tr key={feature}>
            <th scope="row" title={feature}>
              {shortFeatureName(feature, ROOM)}
            </th>
            <td>{value(from)}</td>
            <td>{value(to)}</td>
            <td>
              <span className={styles.difference}>
                <Bar difference={difference} reach={reach} />
                <b>{signed(difference)}</b>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
