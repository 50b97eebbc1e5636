/** All losses that the method has, side by side: pre-training, the groups of the GAN, the adapted classifier. */
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import {
  type LossCell as Cell,
  LOSS_HEIGHT,
  type LossChart,
  lossCells,
  lossChartTitle,
} from '../../charts/lossFigures.ts';
import { lossTermsOf } from '../../experiment/config.ts';
import { PHASES } from '../../experiment/events.ts';
import { INITIAL_CORPORA } from '../../store/corpora.ts';
import { useStudioState } from '../../store/react.tsx';
import { configOf } from '../../store/setup.ts';
import { Chart } from '../chart/Chart.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { CriterionLine } from './CriterionLine.tsx';
import { LossCell, useLossFigure } from './LossCell.tsx';
import styles from './Losses.module.css';

/** Shares of the width, for the charts with longer labels; 1 for all others. */
const WIDTHS: Partial<Record<LossChart, number>> = { adversarial: 2.5, emotion: 1.4 };

function Enlarged({ chart, phase }: Pick<Cell, 'chart' | 'phase'>) {
  const { figure } = useLossFigure(chart, phase, false);
  return <Chart figure={figure} label={lossChartTitle(chart)} height={LOSS_HEIGHT} />;
}

export function LossPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [enlarged, setEnlarged] = useState<Cell | null>(null);
  // Of the run on show; before there is one, of the run as set up.
  const running = useStudioState((s) => s.run.config);
  const setup = useStudioState((s) => s.setup);
  // Which losses there are does not depend on corpora.
  const config = useMemo(() => running ?? configOf(setup, INITIAL_CORPORA), [running, setup]);
  const cells = useMemo(() => lossCells(PHASES, lossTermsOf(config)), [config]);
  const columns = cells.map(({ chart }) => `minmax(0, ${WIDTHS[chart] ?? 1}fr)`).join(' ');
  const enlarge = (cell: Cell) => {
    setEnlarged(cell);
    dialog.current?.showModal();
  };
  return (
    <section aria-label="Losses" className={styles.losses} style={{ '--columns': columns } as CSSProperties}>
      {cells.map((cell) => (
        <LossCell key={cell.chart} {...cell} onEnlarge={() => enlarge(cell)} />
      ))}
      <CriterionLine />
      <Dialog dialog={dialog} title={enlarged ? lossChartTitle(enlarged.chart) : 'Loss'}>
        {enlarged && <Enlarged key={enlarged.chart} {...enlarged} />}
      </Dialog>
    </section>
  );
}
