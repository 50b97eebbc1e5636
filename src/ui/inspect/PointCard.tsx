/** One sample: what it is, where it came from and how far it moved, what stands near it, which features changed. */
import type { ReactNode } from 'react';
import { GROUP_LABELS } from '../../charts/palette.ts';
import type { PointReport } from '../../diagnosis/reports.ts';
import { isReal, type SampleReference } from '../../diagnosis/samples.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { formatCount, formatLoss } from '../format.ts';
import { FeatureBars } from './FeatureBars.tsx';
import { GroupMark } from './GroupMark.tsx';
import styles from './Inspect.module.css';
import { type Named, sampleText } from './sampleText.ts';

/** Features that are shown of those that a report lists. */
const FEATURES = 8;

/** What distances of a sample are. */
const RMS = 'Root mean square over the features, in training’s scale';

interface SampleButtonProps {
  readonly sample: SampleReference;
  readonly named: Named;
  readonly tellsClass?: boolean;
}

/** A sample that can be asked about in its turn. */
function SampleButton({ sample, named, tellsClass = false }: SampleButtonProps) {
  const { selection } = useStudio();
  const { utterance, speaker, className } = sampleText(sample, named);
  return (
    <button type="button" className={styles.sample} onClick={() => selection.ask(sample)}>
      <GroupMark group={sample.group} />
      <span className="ellipsis" title={[utterance, speaker].filter(Boolean).join(' · ')}>
        {utterance}
      </span>
      {tellsClass && className && <span className="muted">{className}</span>}
    </button>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What stands where a file and a line would. */
const inNoFile = ({ group }: SampleReference, named: Named) =>
  isReal(group) && named[group]?.simulated ? 'simulated, in no file' : 'not known';

/** Why the way there and back of a row is not told. */
const noWayBack = ({ group }: SampleReference) =>
  group === 'source' ? 'not among the samples' : 'told of source rows only';

function Facts({ report, named }: { readonly report: PointReport; readonly named: Named }) {
  const { sample, origin, moved, reconstruction } = report;
  const place = useStudioState((s) => s.selection.place);
  const { speaker, className } = sampleText(sample, named);
  return (
    <dl className={styles.facts}>
      <Fact name="Group">
        <GroupMark group={sample.group} />
      </Fact>
      <Fact name={sample.group === 'C' ? 'Class asked for' : 'Class'}>{className ?? 'no label'}</Fact>
      <Fact name="Speaker">{speaker ?? 'not named'}</Fact>
      <Fact name={origin ? 'Origin in its file' : 'In its file'}>
        {place ? `${place.file}, line ${formatCount(place.line)}` : inNoFile(origin ?? sample, named)}
      </Fact>
      {moved !== null && (
        <Fact name="Moved">
          <b>{formatLoss(moved)}</b>{' '}
          <span className="muted" title={RMS}>
            per feature
          </span>
        </Fact>
      )}
      <Fact name="There and back">
        {reconstruction ? (
          <>
            <b>{formatLoss(reconstruction.error)}</b>{' '}
            <span className="muted" title={RMS}>
              off per feature
            </span>
          </>
        ) : (
          noWayBack(origin ?? sample)
        )}
      </Fact>
      {origin && (
        <Fact name="Made from">
          <SampleButton sample={origin} named={named} />
        </Fact>
      )}
    </dl>
  );
}

function Neighbours({ report, named }: { readonly report: PointReport; readonly named: Named }) {
  return (
    <div className={styles.near}>
      <h4>Nearest real rows</h4>
      <ol>
        {report.neighbours.map(({ group, row, distance }) => (
          <li key={`${group} ${row}`}>
            <SampleButton sample={{ group, row }} named={named} tellsClass />
            <b title="Distance, over the usual one of a real row to its nearest">
              {distance.toFixed(2)} <span aria-hidden="true">×</span>
            </b>
          </li>
        ))}
      </ol>
      <p className="muted small">1 × is as far as real rows usually are from their nearest.</p>
    </div>
  );
}

function Differences({ report }: { readonly report: PointReport }) {
  const { sample, features, reconstruction } = report;
  const real = isReal(sample.group);
  const [first, second] = real ? ['Mean', 'This row'] : ['Origin', 'Sample'];
  return (
    <div className={styles.changes}>
      <FeatureBars
        caption={
          real ? 'Farthest from the mean of its corpus' : 'What changed most on the way from its origin'
        }
        {...{ first, second }}
        features={features.slice(0, FEATURES)}
      />
      {/* A sample of type A is the way there and back itself. */}
      {reconstruction && sample.group !== 'A' && (
        <details>
          <summary>What the way there and back changes</summary>
          <FeatureBars
            caption="Of the source row that it is or was made from"
            first="Origin"
            second="Back"
            features={reconstruction.features.slice(0, FEATURES)}
          />
        </details>
      )}
    </div>
  );
}

/** The point that was asked about. */
export function PointCard({ point, named }: { readonly point: SampleReference; readonly named: Named }) {
  const { selection } = useStudio();
  const report = useStudioState((s) => s.selection.report);
  const current = report?.sample.group === point.group && report.sample.row === point.row;
  return (
    <article className={styles.card} aria-labelledby="inspect-point" aria-busy={!current}>
      <header className={styles.head}>
        <h4 id="inspect-point">
          {GROUP_LABELS[point.group]}: {sampleText(point, named).utterance}
        </h4>
        <button
          type="button"
          className="quiet"
          aria-label="Forget this point"
          onClick={() => selection.ask(null)}
        >
          Close
        </button>
      </header>
      {report ? (
        <div className={styles.point}>
          <Facts report={report} named={named} />
          <Neighbours report={report} named={named} />
          <Differences report={report} />
        </div>
      ) : (
        <p className="muted">Looking it up …</p>
      )}
    </article>
  );
}
