/** What a pattern on the utterances' names would give as speakers, before it is used. */
import type { SpeakerPreview } from '../../workers/protocol.ts';
import type { Clients } from './clients.ts';
import type { CorporaActions } from './corpora.ts';
import { messageOf } from './slice.ts';

const refused = (error: string): SpeakerPreview => ({ speakers: 0, matched: 0, examples: [], error });

export function createSpeakerPreview(clients: Clients): Pick<CorporaActions, 'previewSpeakers'> {
  return {
    async previewSpeakers(role, pattern, utterances) {
      try {
        // In the worker: a pattern may take seconds before it is given up.
        const outcome = await clients[role].api.previewSpeakers(pattern, utterances);
        return outcome.ok ? outcome.value : refused(outcome.error.message);
      } catch (error) {
        return refused(messageOf(error));
      }
    },
  };
}
