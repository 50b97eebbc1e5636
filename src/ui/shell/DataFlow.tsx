/** The flow of data through the two generators as a drawing. */
import styles from './HowItWorks.module.css';

interface BoxProps {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly corpus?: boolean;
}

const WIDTH = 132;
const HEIGHT = 50;

/** As `Terms`, in a drawing. */
function SvgTerms({ text }: { text: string }) {
  const [before, index, after] = text.split(/(?<=\b[A-Z])_([A-Z]{1,2})/);
  if (index === undefined) return before;
  return (
    <>
      {before}
      <tspan dy="4" fontSize="0.7em">
        {index}
      </tspan>
      <tspan dy="-4">{after}</tspan>
    </>
  );
}

/** A labelled box around its centre. */
function Box({ x, y, lines, corpus }: BoxProps) {
  return (
    <>
      <rect
        className={corpus ? styles.corpus : undefined}
        x={x - WIDTH / 2}
        y={y - HEIGHT / 2}
        width={WIDTH}
        height={HEIGHT}
        rx="10"
      />
      {lines.map((line, i) => (
        <text
          key={line}
          className={i > 0 ? styles.small : undefined}
          x={x}
          y={y + (lines.length > 1 ? i * 19 - 9 : 0)}
        >
          <SvgTerms text={line} />
        </text>
      ))}
    </>
  );
}

const EDGES: readonly { readonly d: string; readonly judge?: boolean }[] = [
  { d: 'M150 60 H 222' },
  { d: 'M356 60 H 428' },
  { d: 'M562 60 H 634' },
  { d: 'M768 60 H 828' },
  { d: 'M150 230 H 222' },
  { d: 'M356 230 H 428' },
  { d: 'M700 145 V 88' },
  { d: 'M634 145 C 500 145 290 145 290 203' },
  { d: 'M495 87 V 120', judge: true },
  { d: 'M495 257 V 274', judge: true },
  { d: 'M562 230 H 634', judge: true },
];

export function DataFlow() {
  return (
    <svg className={styles.flow} viewBox="0 0 980 310" role="img" aria-label="Data flow of the two cycles">
      <title>
        Source through G_ST gives type B, which G_TS under the condition Z turns into type A. Target through
        G_TS under Z gives type C. D_T judges type B, D_S and F_S judge what G_TS makes.
      </title>
      <defs>
        <marker
          id="flow-head"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path className={styles.head} d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {EDGES.map(({ d, judge }) => (
        <path
          key={d}
          className={`${styles.edge} ${judge ? styles.judge : ''}`}
          d={d}
          markerEnd="url(#flow-head)"
        />
      ))}
      <Box x={84} y={60} lines={['Source', 'with labels']} corpus />
      <Box x={290} y={60} lines={['G_ST', 'to the target']} />
      <Box x={495} y={60} lines={['Type B', 'target-like']} />
      <Box x={700} y={60} lines={['G_TS', 'to the source']} />
      <Box x={896} y={60} lines={['Type A', 'back again']} />
      <Box x={700} y={170} lines={['Z', 'the class asked for']} />
      <Box x={84} y={230} lines={['Target', 'without labels']} corpus />
      <Box x={290} y={230} lines={['G_TS', 'to the source']} />
      <Box x={495} y={230} lines={['Type C', 'once for each class']} />
      <text className={styles.small} x={495} y={134}>
        <SvgTerms text="D_T: real target?" />
      </text>
      <text className={styles.small} x={495} y={290}>
        <SvgTerms text="D_S: real source?" />
      </text>
      <text className={styles.small} x={745} y={230}>
        <SvgTerms text="F_S: does it sound like Z?" />
      </text>
    </svg>
  );
}
