/** The flow of data through both cycles as a drawing; where marks are given, with the loss terms of a step on it. */
import { useId } from 'react';
import styles from './DataFlow.module.css';
import {
  BOX_SIZE,
  FLOW_BOXES,
  FLOW_EDGES,
  FLOW_SIZE,
  type FlowBoxName,
  type FlowMark,
  MARK_SIZE,
} from './flow.ts';

/** As `Terms`, in a drawing. */
function SvgTerms({ text }: { text: string }) {
  return text.split(/(?<=\b[A-Z])_([A-Z]{1,2})\b/).map((part, i) => {
    const key = `${i} ${part}`;
    // Every odd part is the index of the name before it; what follows an index comes up to the line again.
    if (i % 2 === 0) {
      return (
        <tspan key={key} dy={i > 0 && part ? -4 : 0}>
          {part}
        </tspan>
      );
    }
    return (
      <tspan key={key} dy="4" fontSize="0.75em">
        {part}
      </tspan>
    );
  });
}

interface BoxProps {
  readonly name: FlowBoxName;
  readonly lit: boolean;
}

/** A labelled box around its centre. */
function Box({ name, lit }: BoxProps) {
  const { x, y, lines, ...box } = FLOW_BOXES[name];
  const { width, height } = BOX_SIZE;
  return (
    <g className={styles.box} data-corpus={'corpus' in box} data-lit={lit}>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="10" />
      <text x={x} y={y - 9}>
        <SvgTerms text={lines[0]} />
      </text>
      <text className={styles.small} x={x} y={y + 11}>
        {lines[1]}
      </text>
    </g>
  );
}

/** The mark of a loss term: when it comes, what it is called, what it is now. */
function Mark({ flow, value, state, place }: FlowMark & { place: number }) {
  const { x, y, label, note, update } = flow;
  const { width, height } = MARK_SIZE;
  return (
    <g className={styles.mark} data-state={state} data-update={update}>
      <title>{`${label}. ${note}`}</title>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={height / 2} />
      <text className={styles.small} x={x} y={y - 8}>
        {`${place}. `}
        <SvgTerms text={label} />
      </text>
      <text className={styles.value} x={x} y={y + 9}>
        {value}
      </text>
    </g>
  );
}

/** `marks` are in the order in which a step computes them. */
export function DataFlow({ marks = [] }: { marks?: readonly FlowMark[] }) {
  // The drawing may be on the page twice, and once unseen: each has an arrow head of its own.
  const head = useId();
  const lit = new Set<FlowBoxName>(marks.flatMap(({ flow, state }) => (state === 'lit' ? flow.boxes : [])));
  return (
    <svg
      className={styles.flow}
      viewBox={`0 0 ${FLOW_SIZE.width} ${FLOW_SIZE.height}`}
      role="img"
      aria-label="Data flow of the two cycles"
    >
      <title>
        Source through G_ST gives type B, which G_TS under the condition Z turns into type A. Target through
        G_TS under Z gives type C, which G_ST turns into target again. D_T judges type B, D_S judges type C,
        F_S judges whether A and C carry the class asked for.
      </title>
      <defs>
        <marker id={head} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path className={styles.head} d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {FLOW_EDGES.map(({ d, kind }) => (
        <path
          key={d}
          className={styles.edge}
          data-kind={kind}
          d={d}
          markerEnd={kind === 'compared' ? undefined : `url(#${head})`}
        />
      ))}
      {(Object.keys(FLOW_BOXES) as FlowBoxName[]).map((name) => (
        <Box key={name} name={name} lit={lit.has(name)} />
      ))}
      {marks.map((mark, i) => (
        <Mark key={mark.flow.term} {...mark} place={i + 1} />
      ))}
    </svg>
  );
}
