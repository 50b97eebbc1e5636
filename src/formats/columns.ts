/**
 * What a column is by its name: the utterance's name, a time, a label, something to leave aside, or a
 * feature. Knows names only; whether a label column holds labels is for `labels.ts` to find.
 */

export type Role =
  | 'feature'
  | 'name'
  | 'start'
  | 'end'
  | 'speaker'
  | 'emotion'
  | 'activation'
  | 'valence'
  /** Known to be no feature (an index, the gender, a transcript …). */
  | 'ignored'
  /** Of unknown name and holding words. */
  | 'words';

/** One column of a file. */
export interface Column {
  readonly name: string;
  readonly role: Role;
}

const ALIASES: Readonly<Record<Exclude<Role, 'feature' | 'words'>, string>> = {
  name:
    'name file filename file_name file_path filepath path wav wav_file wavfile wav_name audio utterance ' +
    'utterance_id utterance_name utt utt_id uttid utt_name segment segment_id segment_name clip instance_name ' +
    'fname file_id fileid audio_file audiofile audio_path wav_path turn_name clip_id clip_name',
  start: 'frametime start start_time starttime',
  end: 'end end_time endtime',
  speaker:
    'speaker spk spkr speaker_id speakerid spk_id spkid spkrid spkr_id actor actor_id actorid subject subject_id ' +
    'speaker_name participant participant_id talker',
  emotion:
    'emotion label class emo emoclass emotion_class emotion_label category emotions labels emo_class emo_label ' +
    'emotion_name major_emotion primary_emotion',
  activation:
    'activation act arousal aro emoact emotion_activation emotion_arousal activation_mean arousal_mean ' +
    'mean_activation mean_arousal',
  valence: 'valence val emoval emotion_valence valence_mean mean_valence',
  ignored:
    'index id row row_id frameindex origin_row dominance dom emodom dominance_mean naturalness ' +
    'gender sex age session split split_set partition fold subset transcript transcription text sentence language',
};

const ROLE_OF = new Map(
  Object.entries(ALIASES).flatMap(([role, words]) => words.split(' ').map((w) => [w, role as Role])),
);

/** One-letter names are labels only beside few other one-letter names; embeddings may be called a, b, c … */
const SHORT: Readonly<Record<string, Role>> = { a: 'activation', v: 'valence', d: 'ignored' };
const MOST_SHORT = 4;

/** True for a column called `id` where no other names the utterances: its words do, if they are all different. */
export const namesUtterances = (columns: readonly Column[], column: number): boolean =>
  columns[column].name.toLowerCase() === 'id' && columns.every(({ role }) => role !== 'name');

/** What labels are called, and what people and programs put before or behind that. */
const LABEL =
  'emotions?|emo|labels?|class(?:es)?|valence|val|arousal|aro|activation|act|dominance|dom|target';
const BEHIND = 'id|num|number|code|idx|index|int|enc|encoded|cat|bin|binary|std|sd|score|rating|level|value';
const BEFORE = 'num|int|id|enc|encoded|true|gold|std|sd';
const LABEL_LIKE = new RegExp(
  `^(?:target|y_?true|gold|gt|ground_?truth|(?:${LABEL})[ ._-]?(?:${BEHIND})|(?:${BEFORE})[ ._-]?(?:${LABEL}))$`,
);
/** Beside so many other columns at least, and no other of one letter, `y` is what a model is to predict. */
const MANY_BESIDE_Y = 16;

/** What stands for the numbers of labels, by their names (`emotion_id`, `label_num`, `target`): never features. */
export function labelLike(names: readonly string[]): boolean[] {
  const single = names.filter((n) => n.trim().length === 1).length;
  const y = single === 1 && names.length > MANY_BESIDE_Y;
  return names.map((name) => {
    const lower = name.trim().toLowerCase();
    return LABEL_LIKE.test(lower) || (y && lower === 'y');
  });
}

/** The role of every column; a second column called like the utterance's name or a time is left aside. */
export function columnRoles(names: readonly string[]): Role[] {
  const short = names.filter((n) => n.length === 1 && /[a-z]/i.test(n)).length;
  const lower = names.map((n) => n.toLowerCase());
  const shortCounts = short <= MOST_SHORT && lower.includes('a') && lower.includes('v');
  const taken = new Set<Role>();
  return lower.map((name) => {
    let role = ROLE_OF.get(name) ?? (shortCounts ? SHORT[name] : undefined) ?? 'feature';
    if (name === '' || /^unnamed: \d+$/.test(name)) role = 'ignored';
    if (role !== 'name' && role !== 'start' && role !== 'end') return role;
    if (taken.has(role)) return 'ignored';
    taken.add(role);
    return role;
  });
}
