/**
 * Measures the samples of a run while it goes, and says at its end what is wrong with it: what the page's workers do, in
 * one thread.
 */
import { UNLABELLED } from '../src/corpus/corpus.ts';
import { measureAnchors } from '../src/diagnosis/anchors.ts';
import { type Basis, prepareBasis } from '../src/diagnosis/basis.ts';
import type { Evidence, PairAnchors, SampleEvidence } from '../src/diagnosis/evidence.ts';
import type { Finding } from '../src/diagnosis/finding.ts';
import { findingsAlong } from '../src/diagnosis/findings.ts';
import { measureSamples } from '../src/diagnosis/measure.ts';
import type { RunConfig } from '../src/experiment/config.ts';
import type { RunEvent } from '../src/experiment/events.ts';
import { EvidenceLog, settingsAfter } from '../src/experiment/evidenceLog.ts';
import type { Prepared } from '../src/experiment/prepare.ts';
import { Machine } from '../src/kernels/machine.ts';
import { finish } from '../src/projection/steps.ts';

/** What is known of a run and what is wrong in it, moment by moment. */
export interface Diagnosis {
  readonly anchors: PairAnchors;
  readonly moments: readonly { readonly evidence: Evidence; readonly findings: readonly Finding[] }[];
}

/** What samples are held against; `rows` of a type in a snapshot, at most. */
function basisOf({ data, scaled, sourceRows, targetRows }: Prepared, rows: number): Basis {
  const sourceClasses = new Int8Array(scaled.source.rows).fill(UNLABELLED);
  sourceRows.forEach((row, i) => {
    sourceClasses[row] = data.sourceClasses[i];
  });
  const { source, target } = scaled;
  const machine = Machine.create({ shared: false });
  return finish(prepareBasis({ source, target, sourceRows, targetRows, sourceClasses, rows }, machine));
}

/** Takes the events of one run. */
export class RunDiagnosis {
  private readonly log = new EvidenceLog();
  private readonly basis: Basis;
  private readonly samples: SampleEvidence[] = [];
  private anchors: PairAnchors | null = null;

  constructor(
    private readonly config: RunConfig,
    prepared: Prepared,
  ) {
    this.basis = basisOf(prepared, config.settings.snapshot.rows);
  }

  note(event: RunEvent): void {
    this.log.note(event);
    if (event.type !== 'snapshot') return;
    this.samples.push(finish(measureSamples(this.basis, event.step, event.sets, () => performance.now())));
  }

  /** Everything that has been found so far; losses of the last steps count once they have been told. */
  result(): Diagnosis {
    const { log, config } = this;
    this.anchors ??= finish(measureAnchors(this.basis));
    const { anchors } = this;
    const evidence = log.evidence(this.samples);
    const along = findingsAlong(evidence, ({ step }) => ({
      anchors,
      settings: settingsAfter(config.settings, log.changes, step),
      planned: log.planned,
    }));
    return { anchors, moments: evidence.map((known, i) => ({ evidence: known, findings: along[i] })) };
  }
}
