/** Every figure of the evidence over the training, side by side: of the samples, and of the networks. */
import { useEffect, useRef, useState } from 'react';
import {
  type EvidenceCell,
  type EvidenceView,
  evidenceCellText,
  NETWORK_CELLS,
  placeOfCurve,
  WHOLE_VIEW,
} from '../../charts/evidenceCells.ts';
import { EVIDENCE_HEIGHT } from '../../charts/evidenceFigures.ts';
import { CLASSES } from '../../corpus/corpus.ts';
import { type SampleType, SET_METRICS, TYPES } from '../../diagnosis/evidence.ts';
import { useStudioState } from '../../store/react.tsx';
import { Chart } from '../chart/Chart.tsx';
import { Symbols } from '../losses/Label.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { Segmented } from '../shell/Segmented.tsx';
import { costText } from './costText.ts';
import { useHighlight } from './highlight.tsx';
import { type CellProps, MetricCell, useEvidenceFigure } from './MetricCell.tsx';
import styles from './Metrics.module.css';
import { useSeries } from './useSeries.ts';

const TYPE_OPTIONS = [
  { value: 'all', label: 'A, B, C' },
  ...TYPES.map((type) => ({ value: type, label: type })),
] as const;
const CLASS_NAMES: readonly string[] = ['all', ...CLASSES];
const CLASS_OPTIONS = CLASS_NAMES.map((name) => ({ value: name, label: name }));

/** The view that the user chose, or the one in which the curve that is pointed at can be seen. */
function useView(): [EvidenceView, (view: EvidenceView) => void] {
  const [view, setView] = useState<EvidenceView>(WHOLE_VIEW);
  const { curve } = useHighlight();
  useEffect(() => {
    const wanted = curve && placeOfCurve(curve)?.view;
    if (!wanted) return;
    setView(({ type }) => ({ type: type === wanted.type ? type : null, classIndex: wanted.classIndex }));
  }, [curve]);
  return [view, setView];
}

interface SwitchesProps {
  readonly view: EvidenceView;
  readonly onChange: (view: EvidenceView) => void;
}

function Switches({ view, onChange }: SwitchesProps) {
  const { type, classIndex } = view;
  return (
    <div className={styles.switches}>
      <Segmented
        label="Type"
        hideLabel
        options={TYPE_OPTIONS}
        value={type ?? 'all'}
        onChange={(value) => onChange({ type: value === 'all' ? null : (value as SampleType), classIndex })}
      />
      <Segmented
        label="Class"
        hideLabel
        options={CLASS_OPTIONS}
        value={classIndex === null ? 'all' : CLASSES[classIndex]}
        onChange={(value) => {
          // The first is all of them.
          const index = CLASS_NAMES.indexOf(value) - 1;
          onChange({ type, classIndex: index < 0 ? null : index });
        }}
      />
    </div>
  );
}

/** What measuring costs, as far as there is something to tell. */
function Cost() {
  const text = useStudioState(costText);
  return <p className={styles.cost}>{text}</p>;
}

function Enlarged(props: CellProps) {
  const { figure } = useEvidenceFigure(props, false);
  const { title, note } = evidenceCellText(props.cell);
  return (
    <>
      <p>
        <Symbols text={note} />
      </p>
      <Chart figure={figure} label={title} height={EVIDENCE_HEIGHT} />
    </>
  );
}

export function MetricsPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [enlarged, setEnlarged] = useState<EvidenceCell | null>(null);
  const [view, setView] = useView();
  const series = useSeries();
  const enlarge = (cell: EvidenceCell) => {
    setEnlarged(cell);
    dialog.current?.showModal();
  };
  const cells = (names: readonly EvidenceCell[]) =>
    names.map((cell) => (
      <MetricCell key={cell} cell={cell} series={series} view={view} onEnlarge={() => enlarge(cell)} />
    ));
  return (
    <section aria-label="Metrics" className={styles.metrics}>
      <header className={styles.head}>
        <h3>Samples against real rows</h3>
        <Switches view={view} onChange={setView} />
        <p className={styles.anchors}>
          <span className={styles.ceiling}>
            <b>real</b>: what real rows reach among themselves (ceiling)
          </span>
          <span className={styles.floor}>
            <b>untranslated</b>: where rows begin that no GAN has touched (floor)
          </span>
        </p>
      </header>
      <div className={styles.grid}>{cells(SET_METRICS)}</div>
      <header className={styles.head}>
        <h3>Networks</h3>
        <Cost />
      </header>
      <div className={`${styles.grid} ${styles.networks}`}>{cells(NETWORK_CELLS)}</div>
      <Dialog dialog={dialog} title={enlarged ? evidenceCellText(enlarged).title : 'Metric'}>
        {enlarged && <Enlarged key={enlarged} cell={enlarged} series={series} view={view} />}
      </Dialog>
    </section>
  );
}
