/** The ingest worker: reads files and builds the demo corpora off the page. A thin shell around `src/formats`. */
import * as Comlink from 'comlink';
import type { Corpus } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { reportOf } from '../src/formats/describe.ts';
import { readCorpus } from '../src/formats/readCorpus.ts';
import type { ReadResult } from '../src/formats/report.ts';
import type { IngestApi, Outcome } from './protocol.ts';

/** Ends the reading under way. */
let reading = new AbortController();

const failure = (error: unknown): Outcome<never> => ({
  ok: false,
  error:
    error instanceof Error || error instanceof DOMException
      ? { name: error.name, message: error.message }
      : { name: 'Error', message: String(error) },
});

const described = (corpus: Corpus): ReadResult => ({ corpus, report: reportOf(corpus) });

const api: IngestApi = {
  async read(file, onProgress) {
    reading.abort(new DOMException('Another file is read instead.', 'AbortError'));
    reading = new AbortController();
    const { signal } = reading;
    try {
      const options = { file: file.name, bytesTotal: file.size, onProgress, signal };
      const value = await readCorpus(file.stream(), options);
      return Comlink.transfer({ ok: true, value }, [value.corpus.values.buffer]);
    } catch (error) {
      return failure(error);
    }
  },

  async demo(request) {
    try {
      const { source, target } = demoCorpora(request);
      const value = { source: described(source), target: described(target) };
      return Comlink.transfer({ ok: true, value }, [source.values.buffer, target.values.buffer]);
    } catch (error) {
      return failure(error);
    }
  },

  cancel() {
    reading.abort(new DOMException('Reading was cancelled.', 'AbortError'));
  },
};

Comlink.expose(api);
