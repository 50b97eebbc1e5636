/**
 * Leaks that no single module could show: they would come of how a run puts its parts together. The others are tested
 * where they would arise; docs/method.md has the list.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { selectBackend } from '../nn/backend.ts';
import type { RunEvent } from './events.ts';
import { prepare } from './prepare.ts';
import { runExperiment } from './run.ts';
import { tinyConfig, tinyCorpora } from './tiny.testing.ts';

const CONFIG = tinyConfig({
  classifier: { epochs: 'leave-one-speaker-out', maximumEpochs: 2, patience: 2 },
  // A scale of each speaker's own, so that changing one leaves the rows of the others as they were.
  data: { scaler: 'zscore-speaker' },
});

async function runOn(source: Corpus, target: Corpus): Promise<RunEvent[]> {
  const prepared = prepare(source, target, CONFIG.task, CONFIG.settings);
  const events: RunEvent[] = [];
  // Time stands still: losses come once a fold.
  const environment = { backend: 'cpu', now: () => 0 } as const;
  for await (const event of runExperiment(CONFIG, prepared, environment)) events.push(event);
  return events;
}

/** The corpus with noise in place of everything that one speaker said. */
function withNoiseFor(corpus: Corpus, speaker: number): Corpus {
  const random = randomStream(5, 'noise');
  const columns = corpus.features.length;
  const values = corpus.values.slice();
  corpus.speakers?.index.forEach((own, row) => {
    if (own !== speaker) return;
    for (let c = 0; c < columns; c++) values[row * columns + c] = random.normal();
  });
  return { ...corpus, values };
}

const lossesOf = (events: readonly RunEvent[], phase: string) =>
  events.flatMap((event) => (event.type === 'losses' && event.phase === phase ? [[...event.values]] : []));

describe('a held-out speaker and what is made of him', () => {
  beforeAll(() => selectBackend('cpu'));
  afterAll(() => selectBackend('cpu'));

  it('reach nothing that is trained while he is held out, though the GAN is trained on him', async () => {
    const { source, target } = tinyCorpora();
    const speaker = source.speakers?.index[0] ?? -1;
    const [as, bs] = [await runOn(source, target), await runOn(withNoiseFor(source, speaker), target)];
    const [first, second] = [lossesOf(as, 'classifier'), lossesOf(bs, 'classifier')];
    const folds = new Set(source.speakers?.index).size;
    expect(first).toHaveLength(folds + 1);
    // His own fold learns the same; the folds that learn from him, F_s and the GAN do not.
    expect(second[speaker]).toEqual(first[speaker]);
    for (const fold of first.keys()) if (fold !== speaker) expect(second[fold]).not.toEqual(first[fold]);
    expect(lossesOf(bs, 'gan')).not.toEqual(lossesOf(as, 'gan'));
  });

  it('are not made before every speaker has been held out', async () => {
    const { source, target } = tinyCorpora();
    const events = await runOn(source, target);
    const lastFold = events.findLastIndex((event) => event.type === 'step' && event.phase === 'classifier');
    const firstSample = events.findIndex(({ type }) => type === 'snapshot' || type === 'synthetic');
    expect(lastFold).toBeGreaterThan(0);
    expect(firstSample).toBeGreaterThan(lastFold);
  });
});
