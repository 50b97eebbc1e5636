/**
 * The ingest worker, apart from its channel: reads files and builds the demo corpora off the page. A thin
 * shell around `src/formats`.
 */
import { transfer } from 'comlink';
import type { Corpus } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { reportOf } from '../src/formats/describe.ts';
import { readCorpus } from '../src/formats/readCorpus.ts';
import type { ReadResult } from '../src/formats/report.ts';
import { outcome } from './outcome.ts';
import type { IngestApi } from './protocol.ts';

const described = (corpus: Corpus): ReadResult => ({ corpus, report: reportOf(corpus) });

/** The worker's methods; a newer `read` ends an older one. */
export function createIngest(): IngestApi {
  let reading = new AbortController();
  const end = (why: string) => reading.abort(new DOMException(why, 'AbortError'));

  return {
    async read(file, onProgress) {
      end('Another file is read instead.');
      reading = new AbortController();
      const { signal } = reading;
      const options = { file: file.name, bytesTotal: file.size, onProgress, signal };
      const result = await outcome(() => readCorpus(file.stream(), options));
      return result.ok ? transfer(result, [result.value.corpus.values.buffer]) : result;
    },

    async demo(request) {
      const result = await outcome(() => {
        const { source, target } = demoCorpora(request);
        return { source: described(source), target: described(target) };
      });
      if (!result.ok) return result;
      const { source, target } = result.value;
      return transfer(result, [source.corpus.values.buffer, target.corpus.values.buffer]);
    },

    cancel: () => end('Reading was cancelled.'),
  };
}
