// @vitest-environment happy-dom
/** What comes of decisions, readings and cancellations that cross each other, with the reading workers' own service. */
import { describe, expect, it } from 'vitest';
import { obstacle } from '../ui/train/statusText.ts';
import type { Clients } from './clients.ts';
import { settle } from './doubles.testing.ts';
import { readingStudio } from './realIngest.testing.ts';

const GAPPY = 'name,speaker,x,y\na1,a,1,\nb1,b,2,5\nc1,b,4,6\nd1,c,7,8\n';
const file = (content: string, name = 'emo.csv') => new File([content], name);

/** A studio whose source is read, and what makes its worker answer late: `hold()`, then `release()`. */
async function studioWith(content: string) {
  let held: (() => void)[] | null = null;
  const slowly =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await call(...args);
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      return answer;
    };
  const { studio } = readingStudio((clients): Clients => {
    const { api } = clients.source;
    const slow = { ...api, read: slowly(api.read), revise: slowly(api.revise) };
    return { ...clients, source: { ...clients.source, api: slow } };
  });
  await studio.corpora.read('source', [file(content)]);
  return {
    studio,
    slot: () => studio.store.getState().corpora.source,
    hold: () => {
      held = [];
    },
    release: () => {
      const waiting = held ?? [];
      held = null;
      for (const answer of waiting) answer();
    },
  };
}

const dropRows = {
  in: 'recipe',
  path: 'repairs.missing',
  value: 'drop-rows',
  label: '',
} as const;

describe('decisions that follow each other quickly', () => {
  it('leave rows, names and numbers of the same corpus', async () => {
    const { studio, slot, hold, release } = await studioWith(GAPPY);
    hold();
    const first = studio.corpora.repair('source', dropRows);
    const second = studio.corpora.revise('source', (recipe) => ({ ...recipe, speaker: { from: 'none' } }));
    await settle();
    release();
    await Promise.all([first, second]);
    expect(slot().corpus).toMatchObject({ rows: 3, utterances: ['b1', 'c1', 'd1'], speakers: null });
    expect([...(slot().corpus?.values ?? [])]).toEqual([2, 5, 4, 6, 7, 8]);
  });

  it('do so where the second is refused', async () => {
    const { studio, slot, hold, release } = await studioWith(GAPPY);
    hold();
    const first = studio.corpora.repair('source', dropRows);
    const second = studio.corpora.revise('source', (recipe) => ({
      ...recipe,
      speaker: { from: 'column', column: 'gone' },
    }));
    await settle();
    release();
    await Promise.all([first, second]);
    expect(slot().error?.message).toMatch(/no column of text is called "gone"/);
    await studio.corpora.repair('source', dropRows);
    expect(slot().corpus?.rows).toBe(3);
    expect([...(slot().corpus?.values ?? [])]).toEqual([2, 5, 4, 6, 7, 8]);
  });

  it('let no run begin before the corpus is made', async () => {
    const { studio, hold, release } = await studioWith(GAPPY);
    hold();
    const repairing = studio.corpora.repair('source', dropRows);
    expect(obstacle(studio.store.getState().corpora)).toMatch(/made anew/);
    await settle();
    release();
    await repairing;
  });

  it('keep the same numbers as the same array, also where labels join them', async () => {
    const { studio, slot } = await studioWith('name,x\na,1\nb,2\n');
    const values = slot().corpus?.values;
    await studio.corpora.read('source', [file('file,emotion\na,anger\nb,sad\n', 'labels.csv')]);
    expect(slot().report?.tasks.activation).toEqual({ low: 1, mid: 0, high: 1 });
    expect(slot().corpus?.values).toBe(values);
  });

  it('turn a scale round once, however often that is pressed', async () => {
    const rated = 'name,activation,emotion,x\na,1.5,anger,1\nb,2.5,neutral,2\nc,4.5,sad,3\n';
    const { studio, slot } = await studioWith(rated);
    const offer = slot().report?.quality.find(({ code }) => code === 'activation-reversed')?.repairs[0];
    if (!offer) throw new Error('the reversal is not offered');
    await Promise.all([studio.corpora.repair('source', offer), studio.corpora.repair('source', offer)]);
    expect(slot().recipe?.labels.activation).toMatchObject({ reversedFrom: 6 });
  });
});

describe('a reading', () => {
  it('that is cancelled when the worker has just ended it leaves the corpus that is shown', async () => {
    const { studio, slot, hold, release } = await studioWith(GAPPY);
    hold();
    const reading = studio.corpora.read('source', [file('name,x,y\nz,10,20\n', 'other.csv')]);
    await settle();
    studio.corpora.cancel('source');
    release();
    await reading;
    await studio.corpora.repair('source', dropRows);
    expect(slot().corpus).toMatchObject({ name: 'emo', rows: 3 });
    expect([...(slot().corpus?.values ?? [])]).toEqual([2, 5, 4, 6, 7, 8]);
  });

  it('of other files is not ended by a decision about the corpus that they replace', async () => {
    const { studio, slot, hold, release } = await studioWith(GAPPY);
    hold();
    const repairing = studio.corpora.repair('source', dropRows);
    const reading = studio.corpora.read('source', [file('name,x,y\nz,10,20\n', 'other.csv')]);
    const late = studio.corpora.repair('source', { ...dropRows, value: 'drop-columns' });
    await settle();
    release();
    await Promise.all([repairing, reading, late]);
    expect(slot().corpus).toMatchObject({ name: 'other', rows: 1 });
    expect(slot().recipe?.repairs.missing).toBe('median');
  });
});
