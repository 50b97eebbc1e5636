/**
 * How the files of known corpora name their speakers. Patterns as a user would write them: what the groups catch, put
 * together, is the speaker. Each allows folders and other parts before the name, and anything behind it that does not go on the name.
 */

export interface SpeakerPattern {
  /** The corpus, for the user. */
  readonly name: string;
  /** A regular expression. */
  readonly pattern: string;
}

/** Where a file's name begins, or a part of it that stands by itself. */
const BEGIN = '(?:^|[^A-Za-z0-9])';

/** From the most particular to the least: the first that fits is proposed. */
export const KNOWN_SPEAKERS: readonly SpeakerPattern[] = [
  // Ses01F_impro01_M003: session, and who speaks in the last part.
  { name: 'IEMOCAP', pattern: `${BEGIN}(Ses\\d\\d)[FM]_\\w*_([FM])[A-Z]{0,2}\\d{1,4}(?!\\w)` },
  // MSP-IMPROV-S01A-F01-R-FM01.
  { name: 'MSP-IMPROV', pattern: `${BEGIN}(?:MSP|UTD)-IMPROV-S\\d\\d[A-Z]-([FM]\\d\\d)-` },
  // 03-01-05-01-01-01-12: the actor is the last of seven numbers.
  { name: 'RAVDESS', pattern: `${BEGIN}\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-(\\d\\d)(?!\\w)` },
  // 03a01Fa: speaker, sentence, emotion, version.
  { name: 'EmoDB', pattern: `${BEGIN}(\\d\\d)[ab]\\d\\d[WLEAFTN][a-f]?(?!\\w)` },
  // 1001_DFA_ANG_XX.
  { name: 'CREMA-D', pattern: `${BEGIN}(\\d{4})_[A-Z]{3}_[A-Z]{3}_[A-Z]{2}(?!\\w)` },
  // DC_a01, or DC/a01 as it is packed.
  { name: 'SAVEE', pattern: `${BEGIN}(DC|JE|JK|KL)[_/\\\\](?:a|d|f|h|n|sa|su)\\d\\d(?!\\w)` },
  // OAF_back_angry; some files of the older actor are called OA_.
  { name: 'TESS', pattern: `${BEGIN}(OA|YA)F?_[A-Za-z]+_(?:angry|disgust|fear|happy|neutral|ps|sad)(?!\\w)` },
  // F01A01: speaker, emotion, number.
  { name: 'ShEMO', pattern: `${BEGIN}([FM]\\d\\d)[ASHWFN]\\d\\d(?!\\w)` },
  // dis-f1-b1.
  { name: 'EMOVO', pattern: `${BEGIN}(?:dis|gio|neu|pau|rab|sor|tri)-([fm]\\d)-[a-z]+\\d(?!\\w)` },
  // 01-C-1-1: speaker, emotion, intensity, sentence.
  { name: 'CaFE', pattern: `${BEGIN}(\\d\\d)-[CDJNPST]-[12]-\\d(?!\\w)` },
  // 0011_000351.
  { name: 'ESD', pattern: `${BEGIN}(00[01]\\d|0020)_\\d{6}(?!\\w)` },
  // Actor_01/…, speaker12_…, spk-3-…
  {
    name: 'names with a word such as speaker or actor and a number',
    pattern: '(?:^|[/\\\\_ -])((?:[Ss]peaker|[Aa]ctor|[Ss]ubject|[Ss]pk)[_ -]?\\d+)(?=[/\\\\_ -])',
  },
];
