import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { demoCorpora } from '../src/corpus/demo.ts';
import { prepare } from '../src/experiment/prepare.ts';
import { decodeRecording, type Recording } from '../src/experiment/recording.ts';
import { RECORDED_ROWS, RECORDINGS } from '../src/experiment/recordings.ts';
import { type Diagnosis, RunDiagnosis } from './diagnosis.ts';

const fileOf = (path: string) => new URL(`../public/${path}`, import.meta.url);

/**
 * What the rules find in a recording, as the page would: from its samples, its corpora and what else it tells. Samples of
 * every `stride`-th moment before the last are measured, which is what takes time.
 */
function diagnose({ config, demo, events }: Recording, stride: number): Diagnosis {
  const { source, target } = demoCorpora(demo);
  const diagnosis = new RunDiagnosis(config, prepare(source, target, config.task, config.settings));
  const moments = events.filter(({ type }) => type === 'snapshot').length;
  let moment = 0;
  for (const event of events) {
    if (event.type !== 'snapshot' || (moments - ++moment) % stride === 0) diagnosis.note(event);
  }
  return diagnosis.result();
}

describe.each(RECORDINGS)('the recorded run "$name"', ({ name, file }) => {
  it('is small, follows few rows, and shows what it is named for', async () => {
    expect((await stat(fileOf(file))).size).toBeLessThan(700_000);
    const recording = decodeRecording(await readFile(fileOf(file)));
    expect(recording.config.settings.snapshot.rows).toBeLessThanOrEqual(150);
    const { moments } = diagnose(recording, name === 'healthy' ? 2 : 5);
    expect(moments.length).toBeGreaterThan(2);
    for (const { evidence } of moments) expect(evidence.networks).not.toBeNull();
    const last = moments.at(-1)?.findings ?? [];
    if (name === 'healthy') {
      const loud = moments.flatMap(({ findings }) =>
        findings.filter(({ severity }) => severity !== 'notice'),
      );
      expect(loud.map(({ title }) => title)).toEqual([]);
    } else {
      expect(last.map(({ failure }) => failure)).toContain(name);
    }
    for (const event of recording.events) {
      if (event.type === 'snapshot') expect(event.sets.B.rows).toBe(RECORDED_ROWS);
    }
  });
});
