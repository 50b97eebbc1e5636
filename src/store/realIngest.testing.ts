/** The store's doubles, with the reading workers' own service behind both corpora. */
import { createIngest } from '../../workers/ingestService.ts';
import type { Clients, Remote } from './clients.ts';
import { doubles } from './doubles.testing.ts';
import { createStudio, type Studio } from './studio.ts';

type Ingest = ReturnType<typeof createIngest>;

/** Calls that answer with promises, as they do across a channel. */
function remote(ingest: Ingest): Remote<Ingest> {
  return new Proxy(ingest, {
    get: (service, method: keyof Ingest) => {
      const call = service[method] as (...args: unknown[]) => unknown;
      return async (...args: unknown[]) => call(...args);
    },
  }) as unknown as Remote<Ingest>;
}

/** A studio that reads files as the page does, with clients changed as a test wants; nothing trains in it. */
export function readingStudio(change: (clients: Clients) => Clients = (clients) => clients): {
  readonly studio: Studio;
  readonly clients: Clients;
} {
  const { clients: played } = doubles();
  const clients = change({
    ...played,
    source: { ...played.source, api: remote(createIngest()) },
    target: { ...played.target, api: remote(createIngest()) },
  });
  return { clients, studio: createStudio({ clients, storage: () => localStorage, settleMs: 1e6 }) };
}
