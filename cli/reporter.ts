/** Progress of a run on standard error: one line a phase, and where it stands at most twice a second. */
import { PHASE_LABELS, type RunEvent } from '../src/experiment/events.ts';

export interface Reporter {
  line(text: string): void;
  /** Where something stands that is done to a share of 0 to 1. */
  progress(text: string, share: number): void;
  event(event: RunEvent): void;
}

const INTERVAL_MS = 500;

/** On a terminal the present step overwrites itself; in a log it is one line every twentieth of a phase. */
export function reporter(stream: NodeJS.WriteStream): Reporter {
  let lastWrite = 0;
  let lastShare = -1;
  let open = false;
  const line = (text: string) => {
    stream.write(`${open ? '\n' : ''}${text}\n`);
    open = false;
  };
  const progress = (text: string, share: number) => {
    if (stream.isTTY) {
      if (performance.now() - lastWrite < INTERVAL_MS && share < 1) return;
      lastWrite = performance.now();
      stream.write(`\r\u001b[K${text}`);
      open = true;
    } else if (Math.floor(share * 20) !== lastShare) {
      lastShare = Math.floor(share * 20);
      line(text);
    }
  };
  return {
    line,
    progress,
    event(event) {
      switch (event.type) {
        case 'phase':
          lastShare = -1;
          if (event.phase !== 'done') line(PHASE_LABELS[event.phase]);
          break;
        case 'step':
          progress(`  step ${event.step} of ${event.steps}`, event.step / event.steps);
          break;
        case 'note':
          line(`  ${event.message}`);
          break;
        case 'score': {
          const { set, repeat, uar } = event.score;
          if (uar !== null) line(`  ${set}, recogniser ${repeat + 1}: UAR ${uar.toFixed(2)} %`);
          break;
        }
        default:
          break;
      }
    },
  };
}
