/**
 * IEMOCAP's evaluation text, one file a dialogue (Busso et al., "IEMOCAP: interactive emotional dyadic motion capture
 * database", Language Resources and Evaluation 42, 2008): for each turn a line
 * `[6.2901 - 8.2357]	Ses01F_impro01_F000	neu	[2.5000, 2.5000, 2.5000]`, the ratings in the order valence, activation,
 * dominance, and below it the raters' own lines, which are left aside. Knows lines, no streams.
 */
import type { LabelTable } from './intake.ts';
import { type ColumnHead, type LabelReader, LabelRows } from './labelRows.ts';
import { cellNumber } from './numbers.ts';
import { decode } from './records.ts';
import { FormatError, type Warning } from './report.ts';
import { counted, shortened } from './shorten.ts';

/** Numbers are those of the line's fields: times, turn, emotion, ratings. */
const HEADS: readonly ColumnHead[] = [
  { name: 'emotion', number: 3, role: 'emotion' },
  { name: 'valence', number: 4, role: 'valence' },
  { name: 'activation', number: 4, role: 'activation' },
  { name: 'dominance', number: 4, role: 'ignored' },
  { name: 'speaker', number: 2, role: 'speaker' },
];

/**
 * A rater's line: below a turn (`C-E2:	Neutral;	()`, `A-F1:	val 3; act 2; dom  2;	()`), or in the rater's own file, which
 * lies in a folder beside the evaluations (`Ses01F_impro01_F000 :Neutral state; ()`).
 */
const RATER = /^(?:[A-Z]-[A-Z]+\d*|Ses\d+[FM]_\w+)\s*:/i;

/** What the raters did not agree on. */
const NO_AGREEMENT = 'xxx';

/** The speaker of a turn: the session and the letter of the last part; the first letter is the camera's side. */
function iemocapSpeaker(turn: string): string | null {
  const [, session, letter] = /^(Ses\d+)[FM]_\w*_([FM])[A-Z]*\d+$/.exec(turn) ?? [];
  return session ? session + letter : null;
}

export class IemocapReader implements LabelReader {
  private readonly rows = new LabelRows(HEADS);
  private disagreed = 0;
  private raters = 0;

  constructor(private readonly file: string) {}

  line(bytes: Uint8Array, number: number): void {
    const text = decode(bytes).trim();
    if (text === '' || text.startsWith('%')) return;
    if (RATER.test(text)) {
      this.raters++;
      return;
    }
    const { turn, emotion, ratings } = this.turn(text, number);
    if (emotion === NO_AGREEMENT) this.disagreed++;
    const word = emotion === NO_AGREEMENT ? '' : emotion;
    this.rows.add(turn, number, [word, ...ratings, iemocapSpeaker(turn) ?? '']);
  }

  finish(): LabelTable {
    const notes: Warning[] = [];
    if (this.disagreed > 0) {
      const message = `${counted(this.disagreed, 'turn')} on whose emotion the raters did not agree (${NO_AGREEMENT}); without emotion.`;
      notes.push({ code: 'no-agreement', where: this.file, message });
    }
    if (this.rows.keys.length === 0 && this.raters > 0) {
      const message =
        'The judgements of one rater; left aside, for the evaluation of the dialogue has the averages.';
      notes.push({ code: 'rater-file', where: this.file, message });
      return this.rows.tableOrEmpty(this.file, 'iemocap', notes);
    }
    return this.rows.table(this.file, 'iemocap', notes);
  }

  private turn(text: string, line: number) {
    const [, times, rest] = /^\[([^\]]*)\]\s*(.*)$/.exec(text) ?? [];
    const seconds = times?.split(/\s+-\s+|-/) ?? [];
    if (seconds.length !== 2 || !seconds.every((t) => this.number(t))) {
      this.refuse(
        line,
        1,
        text,
        'a turn that begins with its times, [6.2901 - 8.2357], or a line of a rater',
      );
    }
    const [turn = '', emotion = ''] = rest.split(/\s+/, 2);
    if (!/^\w[\w-]*$/.test(turn)) this.refuse(line, 2, turn, 'the name of a turn');
    if (!/^[a-z]+$/i.test(emotion)) this.refuse(line, 3, emotion, 'an emotion, such as neu');
    const vector = /\[([^[\]]*)\]$/.exec(rest)?.[1].split(',') ?? [];
    const ratings = vector.map((r) => r.trim());
    if (ratings.length !== 3 || !ratings.every((r) => this.number(r))) {
      const found = rest.slice(rest.indexOf(emotion) + emotion.length).trim();
      this.refuse(line, 4, found, 'three ratings, [valence, activation, dominance]');
    }
    return { turn, emotion: emotion.toLowerCase(), ratings };
  }

  private number(text: string): boolean {
    const value = cellNumber(text, '.');
    return value !== null && !Number.isNaN(value);
  }

  private refuse(line: number, column: number, found: string, expected: string): never {
    throw new FormatError(
      { file: this.file, line, column },
      found === '' ? 'nothing' : `"${shortened(found)}"`,
      expected,
      "Mend the line, or take the corpus's own EmoEvaluation file.",
    );
  }
}
