/** The worker's part that compares, without its channel: what it answers, refuses and computes. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../src/corpus/corpus.ts';
import type { ComparisonConfig } from '../src/experiment/compare/config.ts';
import type { Fingerprints } from '../src/experiment/compare/fingerprint.ts';
import { identityOf } from '../src/experiment/compare/identity.ts';
import { tinyConfig, tinyCorpora } from '../src/experiment/tiny.testing.ts';
import { selectBackend } from '../src/nn/backend.ts';
import { type Comparing, createComparing } from './comparing.ts';
import type { ComparisonUpdate } from './protocol.ts';

const { task, preset, settings } = tinyConfig();
const config: ComparisonConfig = { task, preset, settings, methods: ['source-only'], seeds: [1, 2] };

function comparing(corpora: () => { source: Corpus; target: Corpus } = tinyCorpora): Comparing {
  const pair = corpora();
  return createComparing({
    program: 'test',
    corpora: () => pair,
    select: selectBackend,
    clear: async () => undefined,
    inTurn: (work) => work(),
    now: () => performance.now(),
    breathe: async () => undefined,
  });
}

/** Updates of a comparison, gathered until it ends. */
async function ended(
  worker: Comparing,
  finished: Parameters<Comparing['compare']>[2] = [],
  corpora: Partial<Fingerprints> = {},
) {
  const updates: ComparisonUpdate[] = [];
  const { value } = (await worker.fingerprint(task)) as { value: Fingerprints };
  await worker.compare(identityOf(config, { ...value, ...corpora }, 'test'), 'cpu', finished, (update) =>
    updates.push(update),
  );
  await expect.poll(() => updates.at(-1)?.state, { timeout: 20_000 }).toMatch(/finished|stopped|failed/);
  return updates;
}

beforeAll(() => selectBackend('cpu'));

describe('comparing', () => {
  it('computes what is missing, and goes on with what it is given', async () => {
    const worker = comparing();
    const updates = await ended(worker);
    const units = updates.flatMap(({ finished }) => finished);
    expect(units.map(({ seed }) => seed)).toEqual([1, 2]);
    const outcome = await worker.summarise(config, units);
    expect(outcome).toMatchObject({ ok: true, value: { missing: [], cells: [{ method: 'source-only' }] } });
    const again = await ended(worker, units.slice(0, 1));
    expect(again.flatMap(({ finished }) => finished)).toMatchObject([{ seed: 2, rows: units[1].rows }]);
  });

  it('refuses a target without labels before any training', async () => {
    const updates = await ended(
      comparing(() => {
        const { source, target } = tinyCorpora();
        return { source, target: { ...target, labels: {} } };
      }),
    );
    expect(updates).toMatchObject([{ state: 'failed', error: { message: /no activation labels/ } }]);
  });

  it('computes nothing under the name of other corpora than those that are loaded', async () => {
    const worker = comparing();
    const { value } = (await worker.fingerprint(task)) as { value: Fingerprints };
    const updates = await ended(worker, [], { target: value.source });
    expect(updates).toMatchObject([{ state: 'failed', error: { message: /Other corpora were loaded/ } }]);
  });

  it('tells corpora apart, and says when there are none', async () => {
    const one = await comparing().fingerprint(task);
    const other = await comparing(() => {
      const { source, target } = tinyCorpora();
      return { source: target, target: source };
    }).fingerprint(task);
    expect(one).toMatchObject({ ok: true });
    expect(other).not.toEqual(one);
    const empty = createComparing({
      program: 'test',
      ...{ select: selectBackend, clear: async () => undefined, inTurn: (work) => work() },
      ...{ now: () => 0, breathe: async () => undefined },
      corpora: () => {
        throw new Error('No corpora are loaded.');
      },
    });
    expect(await empty.fingerprint(task)).toMatchObject({ ok: false, error: { message: /No corpora/ } });
  });
});
