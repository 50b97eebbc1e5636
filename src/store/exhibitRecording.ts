/** A recorded run on its way into the studio: fetched, read, and made an exhibit. Knows no page and no store. */
import type { Outcome } from '../../workers/protocol.ts';
import { BACKENDS } from '../experiment/config.ts';
import type { Recording } from '../experiment/recording.ts';
import type { ExhibitContent } from './exhibit.ts';

/** Bytes of a recording, at most: those that belong to the studio have a fiftieth of it. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Fetches a file, telling the share that has come where the server says how long it is.
 * @throws what was answered instead, and what to do.
 */
async function fetchBytes(url: string, onShare: (share: number) => void): Promise<Uint8Array> {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok || !answer.body) {
    const what = answer ? `the server answered ${answer.status}` : 'the server did not answer';
    throw new Error(`${url} could not be fetched: ${what}. Load the page again, or train a run of your own.`);
  }
  const length = Number(answer.headers.get('content-length'));
  const parts: Uint8Array[] = [];
  let come = 0;
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    come += part.value.length;
    if (come > MOST_BYTES) {
      await reader.cancel();
      throw new Error(`${url} is longer than ${MOST_BYTES / 2 ** 20} MB, which no recorded run is.`);
    }
    parts.push(part.value);
    // A server that packs it tells the packed length.
    if (length > 0) onShare(Math.min(1, come / length));
  }
  const bytes = new Uint8Array(come);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What the studio shows of a recording. @throws where it was computed on what the studio does not know. */
function contentOf({ config, demo, backend: name, elapsedMs, events }: Recording): ExhibitContent {
  const backend = BACKENDS.find((known) => known === name);
  if (!backend) {
    throw new Error(
      `This recorded run cannot be shown: it was computed on "${name}", not on ${BACKENDS.join(', ')}.`,
    );
  }
  const { task, preset, seed, settings } = config;
  const update = {
    events,
    state: 'finished',
    elapsedMs,
    msPerStep: null,
    remainingMs: null,
    backend,
    error: null,
  } as const;
  return { demo, setup: { task, preset, seed, settings }, recorded: { config, update } };
}

/**
 * Fetches a recorded run; `file` is its address from the page's, `decode` reads it elsewhere.
 * @throws where it cannot be fetched, or is none.
 */
export async function fetchRecording(
  file: string,
  onShare: (share: number) => void,
  decode: (file: Uint8Array) => Promise<Outcome<Recording>>,
): Promise<ExhibitContent> {
  const recording = await decode(await fetchBytes(file, onShare));
  if (!recording.ok) throw new Error(recording.error.message);
  return contentOf(recording.value);
}
