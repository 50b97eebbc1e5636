/**
 * The ingest worker, apart from its channel: reads files and builds the demo corpora off the page, and keeps what it
 * read, so that another recipe needs no second reading. A thin shell around `src/formats`.
 */
import { demoCorpora } from '../src/corpus/demo.ts';
import { reportPair } from '../src/corpus/pairReport.ts';
import { corpusOf, type Mended, mend, type Sources } from '../src/formats/corpusOf.ts';
import { inputOf } from '../src/formats/input.ts';
import type { Intake } from '../src/formats/intake.ts';
import { uniteLabelTables } from '../src/formats/labelFiles.ts';
import { recipeOf, sourcesOf } from '../src/formats/ofCorpus.ts';
import { type ReadOptions, readSources } from '../src/formats/readCorpus.ts';
import { AUTO_RECIPE, type ReadingRules, type Recipe, type Repairs } from '../src/formats/recipe.ts';
import type { ReadResult } from '../src/formats/report.ts';
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

/** Sources with further labels; where both name an utterance, the later labels count. */
const withLabels = (sources: Sources, later: Sources['labels']): Sources => ({
  ...sources,
  labels: later && sources.labels ? uniteLabelTables([later, sources.labels]) : later,
});

/** The worker's methods; a newer `read` or `revise` ends an older one. */
export function createIngest(): IngestApi {
  let kept: Kept | null = null;
  let reading = new AbortController();
  const end = (why: string) => reading.abort(new DOMException(why, 'AbortError'));

  const begin = () => {
    end('Another file is read instead.');
    reading = new AbortController();
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
  const load = (files: readonly File[], rules: ReadingRules, options: ReadOptions, held = kept) =>
    readSources(files.map(inputOf), rules, options, held?.sources.intake ?? null);

  return {
    read: (files, rules, onProgress) =>
      outcome(async () => {
        const signal = begin();
        const held = kept;
        const sources = await load(files, rules, { onProgress, signal });
        if (!held || sources.intake !== held.sources.intake) {
          return accept(sources, files, { ...AUTO_RECIPE, reading: rules });
        }
        // Labels came to what was there: who says what is looked for afresh, repairs stay.
        return accept(withLabels(held.sources, sources.labels), [...files, ...held.files], {
          ...AUTO_RECIPE,
          reading: held.recipe.reading,
          repairs: held.recipe.repairs,
        });
      }),

    revise: (recipe, onProgress) =>
      outcome(async () => {
        const signal = begin();
        if (!kept)
          throw new Error(
            'The files are no longer at hand, since reading had to be started afresh: drop them again.',
          );
        const { sources, files } = kept;
        const anew = files.length > 0 && !sameRules(recipe.reading, kept.recipe.reading);
        const { mended } = kept;
        const result = accept(
          anew ? await load(files, recipe.reading, { onProgress, signal }) : sources,
          files,
          recipe,
        );
        return { ...result, sameMatrix: kept.mended === mended };
      }),

    demo: (side, request) =>
      outcome(() => {
        begin();
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

    cancel: () => end('Reading was cancelled.'),
  };
}
