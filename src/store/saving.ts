/** Corpora and synthetic samples as files: the workers write them, the page hands them to the browser. */
import type { MadeFile, Outcome } from '../../workers/protocol.ts';
import type { SampleSelection } from '../diagnosis/samples.ts';
import type { SyntheticSets, SyntheticType } from '../experiment/events.ts';
import type { SheetFormat } from '../formats/write.ts';
import type { Clients } from './clients.ts';
import type { CorporaState, Role } from './corpora.ts';
import { messageOf, type Slice } from './slice.ts';

export interface SavingState {
  /** The file that is being written; null while none is. */
  readonly writing: { readonly file: string; readonly bytes: number } | null;
  /** The file that was written last. */
  readonly saved: { readonly file: string; readonly rows: number; readonly bytes: number } | null;
  readonly error: string | null;
}

export const INITIAL_SAVING: SavingState = { writing: null, saved: null, error: null };

/** A file that is ready to be handed to the browser. */
export interface ReadyFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface SavingActions {
  /** Writes a corpus as it is used: mended, with its labels and speakers. Null where it could not be, or another is being written. */
  corpus(role: Role, format: SheetFormat): Promise<ReadyFile | null>;
  /** Writes all samples of a type that the last run made, in original units. Null as above. */
  samples(type: SyntheticType, format: SheetFormat): Promise<ReadyFile | null>;
  /** Writes selected samples, of the corpora and of `sets`, the samples of a moment, in original units. Null as above. */
  selection(
    selection: SampleSelection,
    sets: SyntheticSets | null,
    format: SheetFormat,
  ): Promise<ReadyFile | null>;
}

/** A name that every system takes for a file. */
const fileName = (name: string, format: SheetFormat) =>
  `${name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')}.${format}`;

export function createSavingActions(
  slice: Slice<SavingState>,
  clients: Clients,
  corpora: () => CorporaState,
): SavingActions {
  const save = async (
    file: string,
    write: (onProgress: (bytes: number) => void) => Promise<Outcome<MadeFile>>,
  ): Promise<ReadyFile | null> => {
    if (slice.get().writing) return null;
    slice.set({ writing: { file, bytes: 0 }, error: null });
    const fail = (message: string) => slice.set({ error: `${file} could not be written: ${message}` });
    try {
      const outcome = await write((bytes) => {
        if (slice.get().writing) slice.set({ writing: { file, bytes } });
      });
      if (!outcome.ok) {
        fail(outcome.error.message);
        return null;
      }
      const { blob, rows } = outcome.value;
      slice.set({ saved: { file, rows, bytes: blob.size } });
      return { name: file, blob };
    } catch (error) {
      fail(messageOf(error));
      return null;
    } finally {
      slice.set({ writing: null });
    }
  };

  return {
    async corpus(role, format) {
      const { corpus } = corpora()[role];
      if (!corpus) return null;
      return save(fileName(corpus.name, format), (onProgress) =>
        clients[role].api.save(corpus, format, onProgress),
      );
    },
    samples: (type, format) =>
      save(fileName(`synthetic_${type}`, format), (onProgress) =>
        clients.trainer.api.saveSamples(type, format, onProgress),
      ),
    selection: (selection, sets, format) =>
      save(fileName('selection', format), () => clients.diagnosis.api.save(selection, sets, format)),
  };
}
