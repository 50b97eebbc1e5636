/**
 * The ingest worker, apart from its channel: reads files and builds the demo corpora off the page, and keeps what it
 * read, so that another recipe needs no second reading. A thin shell around `src/formats`.
 */
import { demoCorpora } from '../src/corpus/demo.ts';
import { reportPair } from '../src/corpus/pairReport.ts';
import { corpusOf, type Mended, mend, type Sources } from '../src/formats/corpusOf.ts';
import { inputOf } from '../src/formats/input.ts';
import type { Intake } from '../src/formats/intake.ts';
import { recipeOf, sourcesOf } from '../src/formats/ofCorpus.ts';
import { type ReadOptions, readSources } from '../src/formats/readCorpus.ts';
import { AUTO_RECIPE, type ReadingRules, type Recipe, type Repairs } from '../src/formats/recipe.ts';
import { FormatError, type ReadResult } from '../src/formats/report.ts';
import { corpusSheet } from '../src/formats/sheet.ts';
import { applyPattern } from '../src/formats/speakerPatterns.ts';
import { fileOf } from './fileOf.ts';
import { outcome } from './outcome.ts';
import type { IngestApi } from './protocol.ts';

/** What the worker keeps: the corpus's sources, the files they came from, and its present recipe. */
interface Kept {
  readonly sources: Sources;
  /** Files of features, and of labels joined later; none for a demo corpus. */
  readonly files: readonly File[];
  readonly recipe: Recipe;
  readonly mended: Mended;
}

const sameRules = (a: ReadingRules, b: ReadingRules) => a.ragged === b.ragged && a.words === b.words;

/** The mended matrix that is there already for these repairs. */
const mendedBefore = (kept: Kept | null, intake: Intake, repairs: Repairs): Mended | null =>
  kept?.sources.intake === intake && JSON.stringify(kept.recipe.repairs) === JSON.stringify(repairs)
    ? kept.mended
    : null;

/** The same refusal without a remedy, which is for the files that were asked for. */
function withoutRemedy(error: unknown): never {
  if (!(error instanceof FormatError)) throw error;
  const { address, found, expected, advice } = error;
  throw new FormatError(address, found, expected, advice);
}

/** The worker's methods; a newer `read` or `revise` ends an older one. */
export function createIngest(): IngestApi {
  let kept: Kept | null = null;
  /** The files that are being read; none when nothing is. */
  let arriving: readonly File[] = [];
  let reading = new AbortController();
  const end = (why: string) => reading.abort(new DOMException(why, 'AbortError'));

  const begin = (files: readonly File[]) => {
    end('Another file is read instead.');
    reading = new AbortController();
    arriving = files;
    return reading.signal;
  };
  /** Makes the corpus and keeps what it came from; nothing is kept of what gives none. */
  const accept = (sources: Sources, files: readonly File[], recipe: Recipe): ReadResult => {
    const { intake } = sources;
    const mended = mendedBefore(kept, intake, recipe.repairs) ?? mend(intake, recipe.repairs);
    const result = corpusOf(sources, recipe, mended);
    kept = { sources, files, recipe: result.recipe, mended };
    return result;
  };
  const load = (
    files: readonly File[],
    rules: ReadingRules,
    options: ReadOptions,
    held?: () => Promise<Sources | null>,
  ) => readSources(files.map(inputOf), rules, options, held);

  return {
    read: (files, rules, onProgress) =>
      outcome(async () => {
        const cutOff = arriving;
        const signal = begin(files);
        const options = { onProgress, signal };
        // Labels that come while features are being read are meant for those, else for what is kept.
        const held = async () => {
          signal.throwIfAborted();
          arriving = [...files, ...(cutOff.length > 0 ? cutOff : (kept?.files ?? []))];
          if (cutOff.length === 0) return kept?.sources ?? null;
          return load(cutOff, rules, options).catch(withoutRemedy);
        };
        try {
          const sources = await load(files, rules, options, held);
          signal.throwIfAborted();
          // Labels that came to what is kept are looked at afresh; its repairs stay.
          const joined = kept && sources.intake === kept.sources.intake ? kept.recipe : null;
          const { reading: rulesKept, repairs } = joined ?? { ...AUTO_RECIPE, reading: rules };
          return accept(sources, arriving, { ...AUTO_RECIPE, reading: rulesKept, repairs });
        } finally {
          if (!signal.aborted) arriving = [];
        }
      }),

    revise: (recipe, onProgress) =>
      outcome(async () => {
        if (!kept) {
          throw new Error(
            'The files are no longer at hand, since reading had to be started afresh: drop them again.',
          );
        }
        const { sources, files, mended } = kept;
        const signal = begin([]);
        const anew = files.length > 0 && !sameRules(recipe.reading, kept.recipe.reading);
        const next = anew
          ? await load(files, recipe.reading, { onProgress, signal }, async () => sources)
          : sources;
        signal.throwIfAborted();
        const result = accept(next, files, recipe);
        return { ...result, sameMatrix: kept.mended === mended };
      }),

    demo: (side, request) =>
      outcome(() => {
        begin([]);
        const corpus = demoCorpora(request)[side];
        return accept(sourcesOf(corpus), [], recipeOf(corpus));
      }),

    comparePair: (source, target) => outcome(() => reportPair(source, target)),

    previewSpeakers: (pattern, utterances) =>
      outcome(() => {
        const { speakers, ...rest } = applyPattern(pattern, utterances);
        return { ...rest, speakers: speakers?.names.length ?? 0 };
      }),

    save: (corpus, format, onProgress) => outcome(() => fileOf(corpusSheet(corpus), format, onProgress)),

    cancel() {
      end('Reading was cancelled.');
      arriving = [];
    },
  };
}
