/** What can be done with the two corpora, put together. */
import type { Clients } from './clients.ts';
import type { CorporaActions, CorporaState } from './corpora.ts';
import { createChoiceActions } from './corporaChoices.ts';
import { createReadingActions } from './corporaReading.ts';
import type { SetupActions } from './setup.ts';
import type { Slice } from './slice.ts';
import { createSpeakerPreview } from './speakerPreview.ts';

export function createCorporaActions(
  slice: Slice<CorporaState>,
  clients: Clients,
  setup: Pick<SetupActions, 'setSetting'>,
): CorporaActions {
  return {
    ...createReadingActions(slice, clients),
    ...createChoiceActions(slice, clients, setup),
    ...createSpeakerPreview(clients),
  };
}
