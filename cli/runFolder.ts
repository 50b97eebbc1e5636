/** The files that `run` leaves in its folder: configuration, losses, samples, what is known of them and what is wrong. */
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackendName, RunConfig } from '../src/experiment/config.ts';
import { type RunEvent, SYNTHETIC_TYPES } from '../src/experiment/events.ts';
import { EVIDENCE_TABLE_HEADER, evidenceTableLines } from '../src/experiment/evidenceTable.ts';
import { LOSS_TABLE_HEADER, lossTableLines } from '../src/experiment/lossTable.ts';
import { type MadeSamples, sampleSheet } from '../src/experiment/sampleSheet.ts';
import { SHEET_FORMATS, type SheetFormat, write } from '../src/formats/write.ts';
import type { Diagnosis } from './diagnosis.ts';

const DIAGNOSIS_FILES = ['evidence.csv', 'findings.json'] as const;

/** The folder of one run. Files of an earlier run in it that this one does not make are removed. */
export class RunFolder {
  private constructor(
    private readonly path: string,
    private readonly losses: FileHandle,
  ) {}

  /** Makes the folder with the configuration and an empty table of losses. */
  static async begin(path: string, config: RunConfig, backend: BackendName): Promise<RunFolder> {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'config.json'), `${JSON.stringify({ ...config, backend }, null, 2)}\n`);
    for (const name of DIAGNOSIS_FILES) await rm(join(path, name), { force: true });
    const losses = await open(join(path, 'losses.csv'), 'w');
    await losses.appendFile(LOSS_TABLE_HEADER);
    return new RunFolder(path, losses);
  }

  /** Writes an event's part of the files; returns once the disk has taken it. */
  async note(event: RunEvent): Promise<void> {
    if (event.type !== 'losses') return;
    await this.losses.appendFile(lossTableLines(event.phase, event.terms, event.steps, event.values));
  }

  /** Writes a file for each type of samples that were made. */
  async writeSamples(made: MadeSamples, format: SheetFormat): Promise<void> {
    for (const type of SYNTHETIC_TYPES) {
      const file = (extension: string) => join(this.path, `synthetic_${type}.${extension}`);
      // A type that this method does not make, or another format: an earlier run's file would pass for this one's.
      for (const extension of SHEET_FORMATS) await rm(file(extension), { force: true });
      if (made.sets[type].rows === 0) continue;
      await pipeline(Readable.from(write(sampleSheet(type, made), format)), createWriteStream(file(format)));
    }
  }

  /** Writes what is known of every moment, and what is wrong at it. */
  async writeDiagnosis({ anchors, moments }: Diagnosis): Promise<void> {
    const [evidence, findings] = DIAGNOSIS_FILES.map((name) => join(this.path, name));
    const lines = moments.map((moment) => evidenceTableLines(moment.evidence, anchors));
    await writeFile(evidence, EVIDENCE_TABLE_HEADER + lines.join(''));
    const found = moments.map(({ evidence: { step }, findings }) => ({ step, findings }));
    await writeFile(findings, `${JSON.stringify(found, null, 2)}\n`);
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    await this.losses.close();
  }
}
