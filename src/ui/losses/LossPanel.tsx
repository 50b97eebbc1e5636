/** All losses side by side: pre-training of the classifier and of the generators, then the GAN's five groups. */
import { useRef, useState } from 'react';
import { LOSS_HEIGHT, lossChartsOf, lossChartTitle } from '../../charts/lossFigures.ts';
import { PHASES } from '../../experiment/events.ts';
import { Chart } from '../chart/Chart.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { CriterionLine } from './CriterionLine.tsx';
import { LossCell, useLossFigure } from './LossCell.tsx';
import styles from './Losses.module.css';

/** Every chart with the phase that fills it. */
const CELLS = PHASES.flatMap((phase) => lossChartsOf(phase).map((chart) => ({ chart, phase })));
type Cell = (typeof CELLS)[number];

function Enlarged({ chart, phase }: Cell) {
  const { figure } = useLossFigure(chart, phase, false);
  return <Chart figure={figure} label={lossChartTitle(chart)} height={LOSS_HEIGHT} />;
}

export function LossPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [enlarged, setEnlarged] = useState<Cell | null>(null);
  const enlarge = (cell: Cell) => {
    setEnlarged(cell);
    dialog.current?.showModal();
  };
  return (
    <section aria-label="Losses" className={styles.losses}>
      {CELLS.map((cell) => (
        <LossCell key={cell.chart} {...cell} onEnlarge={() => enlarge(cell)} />
      ))}
      <CriterionLine />
      <Dialog dialog={dialog} title={enlarged ? lossChartTitle(enlarged.chart) : 'Loss'}>
        {enlarged && <Enlarged key={enlarged.chart} {...enlarged} />}
      </Dialog>
    </section>
  );
}
