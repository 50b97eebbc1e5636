/**
 * MSP-IMPROV's evaluation text (Busso et al., "MSP-IMPROV: an acted corpus of dyadic interactions to study emotion
 * perception", IEEE Transactions on Affective Computing 8, 2017): for each turn a line
 * `UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:2.1; V:1.8; D:2.9 ; N:3.2;` and below it the raters' own lines, which are
 * left aside. Activation is told as it stands there, counted from 1 = active. Knows lines, no streams.
 */
import { MSP_EMOTIONS } from './emotionCodes.ts';
import type { LabelTable } from './intake.ts';
import { type ColumnHead, type LabelReader, LabelRows } from './labelRows.ts';
import { cellNumber } from './numbers.ts';
import { decode } from './records.ts';
import { FormatError, type Warning } from './report.ts';
import { counted, shortened } from './shorten.ts';

const HEADS: readonly ColumnHead[] = [
  { name: 'emotion', number: 2, role: 'emotion' },
  { name: 'activation', number: 3, role: 'activation' },
  { name: 'valence', number: 4, role: 'valence' },
  { name: 'dominance', number: 5, role: 'ignored' },
  { name: 'naturalness', number: 6, role: 'ignored' },
  { name: 'speaker', number: 1, role: 'speaker' },
];

const TURN = /^(?:UTD|MSP)-IMPROV-/i;
/** The line of one rater: who, an emotion, free text, and the rater's own ratings. */
const RATER = /;\s*A:[^;]*;\s*V:[^;]*;/;

/** The speaker of a turn: `F01` in `MSP-IMPROV-S01A-F01-R-FM01`. */
function mspImprovSpeaker(turn: string): string | null {
  return /^(?:UTD|MSP)-IMPROV-S\d+[A-Z]-([FM]\d+)-/i.exec(turn)?.[1] ?? null;
}

export class MspImprovReader implements LabelReader {
  private readonly rows = new LabelRows(HEADS);
  private disagreed = 0;

  constructor(private readonly file: string) {}

  line(bytes: Uint8Array, number: number): void {
    const text = decode(bytes).trim();
    if (TURN.test(text)) this.turn(text, number);
    else if (text !== '' && !/^[%#]/.test(text) && !RATER.test(text)) {
      this.refuse(number, 1, text, 'a turn, UTD-IMPROV-…, or the line of a rater');
    }
  }

  finish(): LabelTable {
    const notes: Warning[] = [];
    if (this.disagreed > 0) {
      const message = `${counted(this.disagreed, 'turn')} on whose emotion the raters did not agree (X); without emotion.`;
      notes.push({ code: 'no-agreement', where: this.file, message });
    }
    return this.rows.table(this.file, 'msp-improv', notes);
  }

  private turn(text: string, line: number): void {
    const [turn, code = '', ...fields] = text.split(';').map((f) => f.trim());
    const emotion = Object.hasOwn(MSP_EMOTIONS, code) ? MSP_EMOTIONS[code] : null;
    if (emotion === null) {
      const codes = Object.keys(MSP_EMOTIONS).join(', ');
      this.refuse(line, 2, code, `one of the emotions' codes ${codes}`);
    }
    if (emotion === '') this.disagreed++;
    const activation = this.rating(fields, 'A', line, true);
    const valence = this.rating(fields, 'V', line, true);
    const dominance = this.rating(fields, 'D', line, false);
    const naturalness = this.rating(fields, 'N', line, false);
    const speaker = mspImprovSpeaker(turn) ?? '';
    this.rows.add(turn, line, [emotion, activation, valence, dominance, naturalness, speaker]);
  }

  /** The rating tagged with a letter, empty for NaN; older releases lack dominance or naturalness. */
  private rating(fields: readonly string[], tag: string, line: number, needed: boolean): string {
    const at = fields.findIndex((f) => f.startsWith(`${tag}:`));
    if (at < 0) {
      if (needed) this.refuse(line, 3, fields.join('; '), `a rating ${tag}:…`);
      return '';
    }
    const text = fields[at].slice(2).trim();
    const value = cellNumber(text, '.');
    if (value === null) this.refuse(line, at + 3, fields[at], `a number after ${tag}:`);
    return Number.isNaN(value) ? '' : text;
  }

  private refuse(line: number, column: number, found: string, expected: string): never {
    throw new FormatError(
      { file: this.file, line, column },
      found === '' ? 'nothing' : `"${shortened(found)}"`,
      expected,
      "Mend the line, or take the corpus's own evaluation file.",
    );
  }
}
