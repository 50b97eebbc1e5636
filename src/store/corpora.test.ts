/** Reading and deciding, with an ingest worker played by the test: what it is asked, and what its answers become. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { MadeCorpus, Outcome } from '../../workers/protocol.ts';
import type { ReadingRules, Recipe } from '../formats/recipe.ts';
import type { ReadProgress, Repair } from '../formats/report.ts';
import { doubles, fine, memoryStorage, read, settle, wrong } from './doubles.testing.ts';
import { isInForce } from './repairs.ts';
import { createStudio, type Studio } from './studio.ts';

interface Asked<Request, Answer> {
  readonly request: Request;
  readonly progress: (progress: ReadProgress) => void;
  readonly answer: (outcome: Outcome<Answer>) => void;
}

let workers: ReturnType<typeof doubles>;
let reads: Asked<{ files: readonly File[]; rules: ReadingRules }, MadeCorpus>[];
let revisions: Asked<Recipe, MadeCorpus>[];
let studio: Studio;
const slot = () => studio.store.getState().corpora.source;

beforeEach(async () => {
  workers = doubles();
  reads = [];
  revisions = [];
  const source = {
    ...workers.clients.source,
    api: {
      ...workers.clients.source.api,
      read: (
        files: readonly File[],
        rules: ReadingRules,
        _shown: unknown,
        progress: Asked<unknown, unknown>['progress'],
      ) =>
        new Promise<Outcome<MadeCorpus>>((answer) => {
          reads.push({ request: { files, rules }, progress, answer });
        }),
      revise: (_id: string, recipe: Recipe, progress: Asked<unknown, unknown>['progress']) =>
        new Promise<Outcome<MadeCorpus>>((answer) => {
          revisions.push({ request: recipe, progress, answer });
        }),
    },
  };
  const storage = memoryStorage();
  studio = createStudio({ clients: { ...workers.clients, source }, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
});

/** Answers a revision as the worker does: the corpus by that recipe, its numbers the same. */
const make = ({ request, answer }: Asked<Recipe, MadeCorpus>) =>
  answer(fine({ ...read(workers.demo.source), recipe: request }));

const repair = (path: string, value: string | number, where: Repair['in'] = 'recipe'): Repair => ({
  in: where,
  path,
  value,
  label: '',
});

describe('reading', () => {
  it('takes several files as one corpus, and names them by their number', async () => {
    const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => new File(['x'], name));
    const reading = studio.corpora.read('source', files);
    expect(slot().reading?.file).toBe('3 files');
    expect(reads[0].request).toEqual({ files, rules: { ragged: 'refuse', words: 'refuse' } });
    reads[0].answer(fine(read({ ...workers.demo.source, name: 'abc' })));
    await reading;
    expect(slot()).toMatchObject({ corpus: { name: 'abc' }, reading: null, error: null });
  });

  it('reads refused files again by the rule that remedies it, one rule after the other', async () => {
    const files = [new File(['x'], 'bad.csv')];
    const refused = (ragged: Partial<ReadingRules>, message: string): Outcome<MadeCorpus> => ({
      ok: false,
      error: { name: 'FormatError', message, remedy: ragged },
    });
    const first = studio.corpora.read('source', files);
    reads[0].answer(refused({ ragged: 'drop' }, 'bad.csv, line 3: two cells.'));
    await first;
    expect(slot().error).toMatchObject({ message: /line 3/, remedy: { adds: { ragged: 'drop' } } });
    const second = studio.corpora.retry('source');
    expect(reads[1].request).toEqual({ files, rules: { ragged: 'drop', words: 'refuse' } });
    reads[1].answer(refused({ words: 'missing' }, 'bad.csv, line 9: a word.'));
    await second;
    expect(slot().error?.remedy?.adds).toEqual({ words: 'missing' });
    const third = studio.corpora.retry('source');
    expect(reads[2].request.rules).toEqual({ ragged: 'drop', words: 'missing' });
    reads[2].answer(fine(read(workers.demo.source)));
    await third;
    expect(slot().error).toBeNull();
  });

  it('says that nothing was chosen without disturbing what is being read, and forgets it when told', async () => {
    const reading = studio.corpora.read('source', [new File(['x'], 'good.csv')]);
    await studio.corpora.read('source', []);
    expect(slot()).toMatchObject({ reading: { file: 'good.csv' }, error: { message: /no file/ } });
    studio.corpora.dismiss('source');
    expect(slot().error).toBeNull();
    reads[0].answer(wrong('FormatError', 'good.csv: empty'));
    await reading;
    expect(slot().error?.remedy).toBeNull();
  });
});

describe('deciding', () => {
  it('applies a repair to the recipe, and shows it before the worker has answered', async () => {
    const drop = repair('repairs.missing', 'drop-rows');
    const done = studio.corpora.repair('source', drop);
    const { settings } = studio.store.getState().setup;
    expect(slot().recipe?.repairs.missing).toBe('median');
    expect(slot().revising && isInForce(drop, slot().revising as Recipe, settings)).toBe(true);
    make(revisions[0]);
    await done;
    expect(slot()).toMatchObject({ revising: null, recipe: { repairs: { missing: 'drop-rows' } } });
  });

  it('keeps the first of two decisions that follow each other quickly', async () => {
    const first = studio.corpora.repair('source', repair('repairs.missing', 'drop-rows'));
    const second = studio.corpora.repair('source', repair('repairs.duplicates', 'drop'));
    for (const asked of revisions) make(asked);
    await Promise.all([first, second]);
    expect(slot().recipe?.repairs).toMatchObject({ missing: 'drop-rows', duplicates: 'drop' });
  });

  it('keeps boundaries that are moved while the corpus is being made anew', async () => {
    const done = studio.corpora.repair('source', repair('repairs.constant', 'drop'));
    studio.corpora.setCuts('source', 'activation', [1.5, 4.5]);
    make(revisions[0]);
    await done;
    expect(slot().corpus?.labels.activation).toMatchObject({ cuts: [1.5, 4.5] });
    expect(slot().recipe).toMatchObject({
      repairs: { constant: 'drop' },
      labels: { activation: { cuts: [1.5, 4.5] } },
    });
  });

  it('a scale that is turned round takes its boundaries with it', async () => {
    studio.corpora.setCuts('source', 'activation', [1.5, 4]);
    const done = studio.corpora.repair('source', repair('labels.activation.reversedFrom', 6));
    make(revisions[0]);
    await done;
    expect(slot().recipe?.labels.activation).toMatchObject({ cuts: [2, 4.5], reversedFrom: 6 });
  });

  it('a repair of the run changes its settings and not the corpus', async () => {
    const clip = repair('data.clipPercentile', 1, 'run');
    await studio.corpora.repair('source', clip);
    expect(revisions).toEqual([]);
    const { settings } = studio.store.getState().setup;
    expect(settings.data.clipPercentile).toBe(1);
    expect(isInForce(clip, slot().recipe as Recipe, settings)).toBe(true);
  });

  it('shows that files are read again where another reading rule asks for it, and can be cancelled', async () => {
    const done = studio.corpora.repair('source', repair('reading.ragged', 'drop'));
    expect(slot().reading?.file).toBe(workers.demo.source.name);
    revisions[0].progress({ bytesRead: 5, bytesTotal: 10, rows: 7 });
    expect(slot().reading?.progress?.rows).toBe(7);
    studio.corpora.cancel('source');
    expect(workers.calls).toContain('cancel');
    revisions[0].answer(wrong('AbortError', 'Reading was cancelled.'));
    await done;
    expect(slot()).toMatchObject({ reading: null, revising: null, error: null });
    expect(slot().recipe?.reading.ragged).toBe('refuse');
  });

  it('leaves files alone that are read in the place of those that were read again', async () => {
    const again = studio.corpora.repair('source', repair('reading.words', 'missing'));
    const other = studio.corpora.read('source', [new File(['x'], 'other.csv')]);
    await settle();
    revisions[0].answer(wrong('AbortError', 'Another file is read instead.'));
    await again;
    expect(slot()).toMatchObject({ reading: { file: 'other.csv' }, revising: null });
    reads[0].answer(fine(read(workers.demo.source)));
    await other;
    expect(slot().reading).toBeNull();
  });

  it('changes nothing and says why where a choice cannot be kept', async () => {
    const before = slot();
    const done = studio.corpora.revise('source', (recipe) => ({
      ...recipe,
      speaker: { from: 'column', column: 'nobody' },
    }));
    revisions[0].answer(wrong('Error', 'no column of text is called "nobody"'));
    await done;
    expect(slot()).toMatchObject({ error: { doing: 'change', message: /nobody/ }, revising: null });
    expect(slot().corpus).toBe(before.corpus);
    expect(slot().recipe).toBe(before.recipe);
  });

  it('refuses a repair that the recipe does not know', async () => {
    await studio.corpora.repair('source', repair('repairs.missing', 'guess'));
    await settle();
    expect(revisions).toEqual([]);
    expect(slot().error?.message).toMatch(/repairs\.missing/);
    expect(slot().revising).toBeNull();
  });
});
