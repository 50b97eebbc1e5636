/** The recorded runs that come with the program. Data only; what is in them, `recording.ts` reads. */
import type { Provocation } from './provocations.ts';

/** Rows of a corpus that a recording follows: of type C three times as many. */
export const RECORDED_ROWS = 100;

/** Where recordings lie, from the page's address. */
const RECORDINGS_FOLDER = 'recordings';

/** The file of the recorded run of a provocation. */
export const recordingFile = (name: Provocation['name']): string => `${name}.run`;

/** A recorded run as it is offered. */
export interface RecordingEntry {
  /** The provocation that was recorded. */
  readonly name: Provocation['name'];
  readonly title: string;
  readonly sentence: string;
  /** From the page's address. */
  readonly file: string;
}

const entry = (name: Provocation['name'], title: string, sentence: string): RecordingEntry => ({
  name,
  title,
  sentence,
  file: `${RECORDINGS_FOLDER}/${recordingFile(name)}`,
});

export const RECORDINGS: readonly RecordingEntry[] = [
  entry(
    'healthy',
    'A healthy run',
    'Preset Quick as it is: translated samples spread over the target and keep their classes.',
  ),
  entry(
    'mode-collapse',
    'Collapsed',
    'The generators make a handful of samples over and over, whatever they are given.',
  ),
  entry('z-ignored', 'Z ignored', 'Type C is the same whichever class Z asks for.'),
  entry(
    'no-translation',
    'Copies its input',
    'What G_ST makes of a source row is that row: nothing has been translated.',
  ),
];
