/**
 * What the page and its workers say to each other, as Comlink interfaces: ingest reads files, trainer runs
 * experiments, projection computes the map. Matrices cross by transfer; nothing here computes.
 */
import type { Corpus, Task } from '../src/corpus/corpus.ts';
import type { DemoOptions } from '../src/corpus/demo.ts';
import type { PairReport } from '../src/corpus/pairReport.ts';
import type { Scaling } from '../src/corpus/scale.ts';
import type { PairAnchors, SampleEvidence } from '../src/diagnosis/evidence.ts';
import type { ComparisonRequest, Fidelity, GroupComparison, PointReport } from '../src/diagnosis/reports.ts';
import type { SampleReference, SampleSelection } from '../src/diagnosis/samples.ts';
import type { ComparisonConfig } from '../src/experiment/compare/config.ts';
import type { ComparisonProgress } from '../src/experiment/compare/events.ts';
import type { Fingerprints } from '../src/experiment/compare/fingerprint.ts';
import type { UnitCosts } from '../src/experiment/compare/grid.ts';
import type { Identity } from '../src/experiment/compare/identity.ts';
import type { ComparisonResults } from '../src/experiment/compare/summary.ts';
import type { UnitKey, UnitResult } from '../src/experiment/compare/unit.ts';
import type { BackendName, LiveRequest, RunConfig, Settings } from '../src/experiment/config.ts';
import type { Progress } from '../src/experiment/controller.ts';
import type { RunEstimate } from '../src/experiment/estimate.ts';
import type { Phase, SyntheticSets, SyntheticType } from '../src/experiment/events.ts';
import type { Failure } from '../src/experiment/failure.ts';
import type { Recording } from '../src/experiment/recording.ts';
import type { ReadingRules, Recipe } from '../src/formats/recipe.ts';
import type { ReadProgress, ReadResult } from '../src/formats/report.ts';
import type { PatternResult } from '../src/formats/speakerPatterns.ts';
import type { SheetFormat } from '../src/formats/write.ts';
import type { BackendReport } from '../src/nn/backend.ts';
import type { Coordinates, Placement } from '../src/projection/frame.ts';

export type WorkerFailure = Failure;

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: WorkerFailure };

/** A corpus that a reading worker made, with names for what it keeps of it. */
export interface MadeCorpus extends ReadResult {
  /** Of the files' content, which the worker keeps so that it can make the corpus anew. */
  readonly id: string;
  /** Of rows, columns and values: where it is the same, nothing computed of them is out of date. */
  readonly matrix: string;
}

/** What a pattern on the utterances' names finds: how many speakers, in how many names, and the first of them. */
export interface SpeakerPreview extends Omit<PatternResult, 'speakers'> {
  readonly speakers: number;
}

/** A file that a worker has written. */
export interface MadeFile {
  readonly blob: Blob;
  readonly rows: number;
}

/** The place of a row in the files that were read. */
export interface Whereabouts {
  readonly file: string;
  /** Counted from 1; of Parquet the row. */
  readonly line: number;
}

export interface IngestApi {
  /**
   * Reads files as one corpus; files of labels alone are joined to the corpus `shown`, whose recipe is kept as far as
   * they do not speak of it, or to features whose reading they cut off. Progress at most twenty times a second. A file
   * at fault gives `ok: false`, and what was kept stays.
   */
  read(
    files: readonly File[],
    rules: ReadingRules,
    shown: { readonly id: string; readonly recipe: Recipe } | null,
    onProgress: (progress: ReadProgress) => void,
  ): Promise<Outcome<MadeCorpus>>;
  /**
   * Makes a corpus anew by another recipe, reading its files again where the reading rules are others. Fails where the
   * worker has lost them.
   */
  revise(
    id: string,
    recipe: Recipe,
    onProgress: (progress: ReadProgress) => void,
  ): Promise<Outcome<MadeCorpus>>;
  /** One of the built-in simulated corpora. */
  demo(side: 'source' | 'target', request: DemoOptions): Promise<Outcome<MadeCorpus>>;
  /** Says which corpus is shown now, so that others need not be kept. */
  settle(id: string): void;
  /** How two corpora differ before any training. Uses no label of the target. */
  comparePair(source: Corpus, target: Corpus): Promise<Outcome<PairReport>>;
  /** What a pattern would find as speakers in these names. */
  previewSpeakers(pattern: string, utterances: readonly string[]): Promise<Outcome<SpeakerPreview>>;
  /** Where a row of the corpus `id` stood in its files; null where no file holds it. Fails as `revise` does. */
  whereabouts(id: string, row: number): Promise<Outcome<Whereabouts | null>>;
  /** Reads the file of a recorded run. */
  recorded(file: Uint8Array): Promise<Outcome<Recording>>;
  /** Writes a corpus as a file; progress in bytes. */
  save(corpus: Corpus, format: SheetFormat, onProgress: (bytes: number) => void): Promise<Outcome<MadeFile>>;
  /** Stops reading; the pending `read` or `revise` resolves to `ok: false` with the name `AbortError`. */
  cancel(): void;
}

export type { BackendOption, BackendReport } from '../src/nn/backend.ts';

/** How long a run will take here, from a few measured steps. */
export interface Estimate extends RunEstimate {
  readonly backend: BackendName;
  /** Set where the preset cannot sensibly be run on this backend, saying what to do instead. */
  readonly warning: string | null;
  /** Seconds of one unit of each method in a comparison with the same settings. */
  readonly unitSeconds: UnitCosts;
}

export type { RunState } from '../src/experiment/controller.ts';

/** Progress of a run, bundled at most ten times a second. */
export interface RunUpdate extends Progress {
  readonly backend: BackendName;
}

/** `waiting`: something else has the backend, such as a training run. */
export type ComparisonState = 'waiting' | 'running' | 'finished' | 'stopped' | 'failed';

/** What a comparison has to tell since its last update, bundled at most five times a second. */
export interface ComparisonUpdate {
  readonly state: ComparisonState;
  /** The unit at work, its phase and the step of it; null between units. */
  readonly work: {
    readonly unit: UnitKey;
    readonly phase: Phase;
    readonly step: number;
    readonly steps: number;
  } | null;
  readonly progress: ComparisonProgress | null;
  /** Units finished since the last update. */
  readonly finished: readonly UnitResult[];
  /** Units that failed since the last update; the others go on. */
  readonly failed: readonly { readonly unit: UnitKey; readonly failure: WorkerFailure }[];
  /** The figures of all finished units; null where no unit has finished since the last update. */
  readonly results: ComparisonResults | null;
  /** Set when `state` is `failed`. */
  readonly error: WorkerFailure | null;
}

/** Comparing methods on the corpora of the trainer. Units wait in turn with estimates and training runs. */
export interface ComparisonApi {
  /** Names this version of what computes: units of another may have other figures. */
  program(): string;
  /** What tells the loaded corpora apart from others. Answered while something trains. */
  fingerprint(task: Task): Promise<Outcome<Fingerprints>>;
  /** The figures of finished units of the loaded corpora. Answered while something trains. */
  summarise(config: ComparisonConfig, units: readonly UnitResult[]): Promise<Outcome<ComparisonResults>>;
  /**
   * Computes the units that are missing, ending any other comparison; updates arrive until a terminal state. Fails
   * where the loaded corpora are not those of the comparison: its units would be kept as theirs.
   */
  compare(
    comparison: Identity,
    backend: BackendName,
    finished: readonly UnitResult[],
    onUpdate: (update: ComparisonUpdate) => void,
  ): Promise<void>;
  /** Ends the comparison; a last update says `stopped`. What the unit at work has done is lost. */
  stopComparing(): void;
}

export interface TrainerApi extends ComparisonApi {
  /** What this machine offers; asks for a WebGPU adapter. */
  backends(): Promise<BackendReport>;
  /** The corpora that `estimate` and `start` use. Copied or transferred by the caller's choice. */
  load(source: Corpus, target: Corpus): Promise<void>;
  /** Measures a few steps of each phase. Interrupted by `start`. */
  estimate(config: RunConfig, backend: BackendName): Promise<Outcome<Estimate>>;
  /** Starts a run, ending any other; updates arrive until a terminal state. */
  start(config: RunConfig, backend: BackendName, onUpdate: (update: RunUpdate) => void): Promise<void>;
  /**
   * Writes all samples of a type that the last run has made, in the units of the files; progress in bytes. They are kept
   * until another run begins.
   */
  saveSamples(
    type: SyntheticType,
    format: SheetFormat,
    onProgress: (bytes: number) => void,
  ): Promise<Outcome<MadeFile>>;
  pause(): void;
  resume(): void;
  /** Does one training step, then pauses again. */
  step(): void;
  /** Asks the GAN in training for something; an event tells when it was carried out. Nothing where none trains. */
  change(request: LiveRequest): void;
  /** Takes at least so long for every step of the GAN, so that it can be watched; 0 is as fast as it goes. */
  pace(msPerStep: number): void;
  /** Ends the run; a last update says `stopped`. */
  stop(): void;
}

/** The map's frame, fitted once on real source and target rows. */
export interface FrameUpdate {
  readonly kind: 'pca' | 'umap';
  readonly source: Coordinates;
  readonly target: Coordinates;
  /** Rows of the corpora that are on the map (sub-sampled where there are many). */
  readonly sourceRows: Int32Array;
  readonly targetRows: Int32Array;
}

export interface ProjectionApi {
  /**
   * Fits the frame on both corpora, scaled as training scales them: `onFrame` is called with PCA at once,
   * then with UMAP; `onProgress` with a share in [0, 1] and the stage's name. A later call ends an earlier one.
   */
  fit(
    source: Corpus,
    target: Corpus,
    scaling: Scaling,
    seed: number,
    onFrame: (frame: FrameUpdate) => void,
    onProgress: (share: number, stage: string) => void,
  ): Promise<Outcome<null>>;
  /** Places synthetic rows (scaled feature space) into the frame; the latest frame of each kind is used. */
  place(
    sets: SyntheticSets,
  ): Promise<Outcome<Record<'pca' | 'umap', Record<keyof SyntheticSets, Placement> | null>>>;
  cancel(): void;
}

/** What samples are held against. */
export interface DiagnosisBasis {
  readonly source: Corpus;
  readonly target: Corpus;
  readonly task: Task;
  /** How training scales, and which rows of the target it leaves out. */
  readonly data: Settings['data'];
  /** Samples of a type in a snapshot, at most: anchors are measured on as many rows. */
  readonly rows: number;
}

/** Computes what is known of samples, off the path of training. Keeps the basis, and no samples. */
export interface DiagnosisApi {
  /** Takes what samples are held against; a later call ends an earlier one. Progress as a share in [0, 1]. */
  begin(basis: DiagnosisBasis, onProgress: (share: number) => void): Promise<Outcome<PairAnchors>>;
  /** Figures of the samples of a moment. */
  measure(step: number, sets: SyntheticSets): Promise<Outcome<SampleEvidence>>;
  /** All about one sample; `sets` are those of the moment on show, null where there is none. */
  inspect(sample: SampleReference, sets: SyntheticSets | null): Promise<Outcome<PointReport>>;
  compare(request: ComparisonRequest, sets: SyntheticSets | null): Promise<Outcome<GroupComparison>>;
  /** How faithful the features of a type are at a moment. */
  fidelity(type: SyntheticType, sets: SyntheticSets): Promise<Outcome<Fidelity>>;
  /** Writes the selected samples as a file, in the units of the files, with group, origin and class. */
  save(
    selection: SampleSelection,
    sets: SyntheticSets | null,
    format: SheetFormat,
  ): Promise<Outcome<MadeFile>>;
}

export type { Coordinates, Placement, ReadResult };
