/**
 * Recognises files of low-level descriptors: a row every hundredth of a second instead of one an utterance.
 * They look like feature files, and a network trained on them would learn nonsense.
 */
import { FormatError } from './report.ts';
import { counted, shortened } from './shorten.ts';

/** So many rows in a row of one utterance, each a step after the one before, are frames. */
const FRAMES = 5;
/** Seconds; openSMILE's frames are 10 or 20 ms apart, utterances' segments far longer. */
const LONGEST_STEP = 0.1;

/** Seconds in a time cell: a number, or pandas' `0 days 00:00:01.898250`; NaN for anything else. */
export function seconds(text: string): number {
  const [, days, h, m, s] = /^(-?\d+) days?(?: \+?(\d+):(\d+):(\d+(?:\.\d+)?))?$/.exec(text.trim()) ?? [];
  if (days === undefined) return text.trim() === '' ? Number.NaN : Number(text);
  return Number(days) * 86_400 + Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0);
}

/** openSMILE's names of descriptors end in their smoothing; a functional's name adds what was computed. */
function describesFrames(features: readonly string[]): boolean {
  const bare = features.filter((f) => /_sma(3|3nz)?(_de)?(\[\d+\])?$/.test(f));
  return bare.length >= 4 && bare.length >= 0.8 * features.length;
}

/** Watches names and times as rows arrive, so that a huge file of frames is refused at once. */
export class FrameGuard {
  private readonly framesByName: boolean;
  private name = '';
  private time = Number.NaN;
  private run = 1;
  /** Line of the run's first row. */
  private firstLine = 0;

  constructor(
    private readonly file: string,
    features: readonly string[],
  ) {
    this.framesByName = describesFrames(features);
  }

  /** @throws FormatError at the row that makes it certain. */
  row(name: string, time: string | undefined, line: number): void {
    const now = time === undefined ? Number.NaN : seconds(time);
    const step = now - this.time;
    const same = name === this.name && name !== '';
    const rising = step > 0 && (step <= LONGEST_STEP || this.framesByName);
    this.run = same && (rising || (time === undefined && this.framesByName)) ? this.run + 1 : 1;
    if (this.run === 1) this.firstLine = line;
    this.name = name;
    this.time = now;
    if (this.run < FRAMES) return;
    throw new FormatError(
      { file: this.file, line: this.firstLine },
      `low-level descriptors: ${counted(FRAMES, 'row')} of "${shortened(name)}", frame after frame`,
      'one row an utterance',
      'Extract functionals instead (openSMILE: -csvoutput or -arffoutput, not -lldcsvoutput).',
    );
  }
}
