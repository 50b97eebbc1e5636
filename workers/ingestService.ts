/**
 * The ingest worker, apart from its channel: reads files and builds the demo corpora off the page, and keeps what it
 * read, so that another recipe needs no second reading. A thin shell around `src/formats`.
 */
import type { Task } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { reportPair } from '../src/corpus/pairReport.ts';
import { decodeRecording } from '../src/experiment/recording.ts';
import { corpusOf, type Mended, mend, type Sources } from '../src/formats/corpusOf.ts';
import { inputOf } from '../src/formats/input.ts';
import { recipeOf, sourcesOf } from '../src/formats/ofCorpus.ts';
import { type ReadOptions, readSources } from '../src/formats/readCorpus.ts';
import { AUTO_RECIPE, type ReadingRules, type Recipe, sameRules } from '../src/formats/recipe.ts';
import { FormatError } from '../src/formats/report.ts';
import { corpusSheet } from '../src/formats/sheet.ts';
import { applyPattern } from '../src/formats/speakerPatterns.ts';
import { mayBeLabels } from '../src/formats/union.ts';
import { fileOf } from './fileOf.ts';
import { outcome } from './outcome.ts';
import type { IngestApi, MadeCorpus } from './protocol.ts';

/** What the worker keeps of a corpus that it read. */
interface Kept {
  readonly sources: Sources;
  /** Files in the order in which they came: those of features first, then labels joined to them; none of a demo. */
  readonly drops: readonly (readonly File[])[];
  readonly rules: ReadingRules;
  readonly mended: Mended;
  /** Of the mended matrix: another matrix has another. */
  readonly matrix: string;
  /** The repairs that gave it. */
  readonly repairs: string;
}

/** Names that no earlier worker of the page has given. */
function namer(): () => string {
  let count = 0;
  return () => `${performance.timeOrigin} ${++count}`;
}

/** The choices of a recipe that files of labels which came later leave as they are; what they speak of is looked up anew. */
function afterJoin(recipe: Recipe, { intake, labels }: Sources): Recipe {
  const says = (role: string) => labels.some(({ columns }) => columns.some((column) => column.role === role));
  const roleOf = (name: string) => intake.columns.find((column) => column.name === name)?.role;
  const settled = (task: Task): Recipe['labels'][Task] => {
    const choice = recipe.labels[task];
    const own = choice.from === 'ratings' || choice.from === 'words' ? roleOf(choice.column) : undefined;
    return says(task) || (says('emotion') && own !== task) ? { from: 'auto' } : choice;
  };
  return {
    ...recipe,
    speaker: says('speaker') ? { from: 'auto' } : recipe.speaker,
    labels: { activation: settled('activation'), valence: settled('valence') },
  };
}

/** The same refusal without a remedy, which is for the files that were asked for. */
function withoutRemedy(error: unknown): never {
  if (!(error instanceof FormatError)) throw error;
  const { address, found, expected, advice } = error;
  throw new FormatError(address, found, expected, advice);
}

/** The worker's methods; a newer `read` or `revise` ends an older one. */
export function createIngest(): IngestApi {
  /** What was read, by name: the corpus that the page shows, and one that it may not have heard of yet. */
  const kept = new Map<string, Kept>();
  const newName = namer();
  /** The files that are being read, in the order in which they came; none when nothing is. */
  let arriving: Kept['drops'] = [];
  let reading = new AbortController();
  const end = (why: string) => reading.abort(new DOMException(why, 'AbortError'));

  const begin = (drops: Kept['drops']) => {
    end('Another file is read instead.');
    reading = new AbortController();
    arriving = drops;
    return reading.signal;
  };
  const find = (id: string): Kept => {
    const found = kept.get(id);
    if (found) return found;
    throw new Error('The files are no longer at hand, since reading was started afresh: drop them again.');
  };
  /** Makes the corpus and keeps what it came from under `id`; nothing is kept of what gives none. */
  const accept = (
    id: string,
    sources: Sources,
    drops: Kept['drops'],
    recipe: Recipe,
    before: Kept | null,
  ): MadeCorpus => {
    const { intake } = sources;
    const repairs = JSON.stringify(recipe.repairs);
    const same = before?.sources.intake === intake && before.repairs === repairs ? before : null;
    const mended = same?.mended ?? mend(intake, recipe.repairs);
    const matrix = same?.matrix ?? newName();
    const result = corpusOf(sources, recipe, mended);
    kept.set(id, { sources, drops, rules: recipe.reading, mended, matrix, repairs });
    return { ...result, id, matrix };
  };
  const load = (
    files: readonly File[],
    rules: ReadingRules,
    options: ReadOptions,
    held?: () => Promise<Sources | null>,
  ) => readSources(files.map(inputOf), rules, options, held);
  /** Reads features, and labels that came later, in their order; `base` is what labels alone came to, if anything. */
  const loadAll = async (
    drops: Kept['drops'],
    rules: ReadingRules,
    options: ReadOptions,
    base: Sources | null,
  ): Promise<Sources | null> => {
    let sources = base;
    for (const files of drops) {
      const before = sources;
      const heldFeatures = before?.intake.features;
      sources = await load(files, rules, { ...options, heldFeatures }, async () => before);
    }
    return sources;
  };

  return {
    read: (files, rules, shown, onProgress) =>
      outcome(async () => {
        const cutOff = arriving;
        const signal = begin([files]);
        const options = { onProgress, signal };
        const before = shown && cutOff.length === 0 ? (kept.get(shown.id) ?? null) : null;
        const heldFeatures = before?.sources.intake.features;
        // Labels that come while features are being read are meant for those, else for what is shown.
        const held = async (): Promise<Sources | null> => {
          signal.throwIfAborted();
          if (cutOff.length === 0) return shown ? find(shown.id).sources : null;
          arriving = [...cutOff, files];
          return loadAll(cutOff, rules, options, null).catch(withoutRemedy);
        };
        try {
          let sources = await load(files, rules, { ...options, heldFeatures }, held);
          if (cutOff.length > 0 && arriving.length === 1 && mayBeLabels(sources.intake)) {
            // Whether it holds labels of what was being read is known only when that is.
            const first = await held();
            const known = { ...options, heldFeatures: first?.intake.features };
            sources = await load(files, rules, known, async () => first);
            if (sources.intake !== first?.intake) arriving = [files];
          }
          if (shown && before && sources.intake === before.sources.intake) {
            const recipe = afterJoin(shown.recipe, sources);
            const joined = accept(newName(), sources, [...before.drops, files], recipe, before);
            if (joined.report.join?.matched !== 0) return joined;
            // A small table whose labels fit no utterance of the corpus shown may be a corpus of its own.
            sources = await load(files, rules, options, held);
            if (sources.intake === before.sources.intake) return joined;
          }
          signal.throwIfAborted();
          return accept(newName(), sources, arriving, { ...AUTO_RECIPE, reading: rules }, null);
        } finally {
          if (!signal.aborted) arriving = [];
        }
      }),

    revise: (id, recipe, onProgress) =>
      outcome(async () => {
        const before = find(id);
        const { sources, drops } = before;
        const signal = begin([]);
        const anew = drops.length > 0 && !sameRules(recipe.reading, before.rules);
        // Labels of a demo corpus were joined to what no file holds.
        const base = sources.simulated ? { ...sources, labels: [] } : null;
        const next = anew ? await loadAll(drops, recipe.reading, { onProgress, signal }, base) : sources;
        signal.throwIfAborted();
        return accept(id, next ?? sources, drops, recipe, before);
      }),

    demo: (side, request) =>
      outcome(() => {
        begin([]);
        const corpus = demoCorpora(request)[side];
        return accept(newName(), sourcesOf(corpus), [], recipeOf(corpus), null);
      }),

    settle(id) {
      for (const other of kept.keys()) if (other !== id) kept.delete(other);
    },

    comparePair: (source, target) => outcome(() => reportPair(source, target)),

    previewSpeakers: (pattern, utterances) =>
      outcome(() => {
        const { speakers, ...rest } = applyPattern(pattern, utterances);
        return { ...rest, speakers: speakers?.names.length ?? 0 };
      }),

    whereabouts: (id, row) =>
      outcome(() => {
        const { sources, mended } = find(id);
        if (sources.simulated) return null;
        const { files, fileOf: fileOfRow, lines } = sources.intake;
        const read = mended.repaired.keptRows.at(row);
        if (read === undefined || row < 0) {
          throw new Error(
            `There are ${mended.repaired.keptRows.length} rows, but row ${row + 1} was asked for.`,
          );
        }
        return { file: files[fileOfRow[read]].name, line: lines[read] };
      }),

    recorded: (file) => outcome(() => decodeRecording(file)),

    save: (corpus, format, onProgress) => outcome(() => fileOf(corpusSheet(corpus), format, onProgress)),

    cancel() {
      end('Reading was cancelled.');
      arriving = [];
    },
  };
}
