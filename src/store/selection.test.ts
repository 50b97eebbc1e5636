/** What is asked about samples that were pointed at or selected, and what happens when the moment on show changes. */
import { beforeEach, expect, it } from 'vitest';
import type { Outcome } from '../../workers/protocol.ts';
import type { PointReport } from '../diagnosis/reports.ts';
import type { SampleReference } from '../diagnosis/samples.ts';
import type { SyntheticSets } from '../experiment/events.ts';
import { doubles, fine, memoryStorage, samples, settle, update, wrong } from './doubles.testing.ts';
import { createStudio, type Studio } from './studio.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
/** Questions about a sample, with the moment's samples that came along. */
let asked: { readonly sample: SampleReference; readonly sets: SyntheticSets | null }[];
let answer: (sample: SampleReference) => Promise<Outcome<PointReport>>;

const selection = () => studio.store.getState().selection;
const reportOf = (sample: SampleReference): PointReport => ({
  sample,
  origin:
    sample.group === 'source' || sample.group === 'target' ? null : { group: 'source', row: sample.row },
  moved: null,
  features: [],
  reconstruction: null,
  neighbours: [],
});

/** Samples whose row r of any type was made from row `origins[r]`. */
function madeOf(origins: readonly number[]): SyntheticSets {
  const { A } = samples(origins.length);
  const set = { ...A, origin: Int32Array.from(origins) };
  return { A: set, B: set, C: set };
}

const snapshot = async (step: number, sets: SyntheticSets) => {
  workers.send(update([{ type: 'snapshot', step, sets }]));
  await settle();
};

beforeEach(async () => {
  workers = doubles();
  asked = [];
  answer = async (sample) => fine(reportOf(sample));
  const { diagnosis } = workers.clients;
  const api: typeof diagnosis.api = {
    ...diagnosis.api,
    inspect: (sample, sets) => {
      asked.push({ sample, sets });
      return answer(sample);
    },
  };
  const clients = { ...workers.clients, diagnosis: { ...diagnosis, api } };
  const storage = memoryStorage();
  studio = createStudio({ clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  await studio.run.start();
  await snapshot(10, madeOf([7, 8, 9]));
});

it('asks about a sample, and where its row stood', async () => {
  studio.selection.ask({ group: 'B', row: 1 });
  await settle();
  expect(asked).toHaveLength(1);
  expect(asked[0].sets?.B.origin).toEqual(Int32Array.of(7, 8, 9));
  expect(selection()).toMatchObject({
    point: { group: 'B', row: 1 },
    report: { sample: { group: 'B', row: 1 } },
    place: { line: 3 },
    error: null,
  });
  expect(workers.calls).toContain('begin activation');
  studio.selection.ask(null);
  expect(selection()).toMatchObject({ point: null, report: null, place: null });
});

it('keeps the answer to the newest question only', async () => {
  const waiting: (() => void)[] = [];
  answer = (sample) =>
    new Promise((resolve) => {
      waiting.push(() => resolve(fine(reportOf(sample))));
    });
  for (const row of [0, 1, 2]) studio.selection.ask({ group: 'target', row });
  await settle();
  waiting[0]();
  await settle();
  expect(selection().report).toBeNull();
  waiting[1]();
  await settle();
  expect(asked.map(({ sample }) => sample.row)).toEqual([0, 2]);
  expect(selection().report?.sample).toEqual({ group: 'target', row: 2 });
});

it('follows a sample to another moment by what it was made from', async () => {
  studio.selection.ask({ group: 'A', row: 2 });
  await settle();
  await snapshot(20, madeOf([9, 7]));
  expect(selection().point).toEqual({ group: 'A', row: 0 });
  expect(selection().report?.sample).toEqual({ group: 'A', row: 0 });
  await snapshot(30, madeOf([1, 2, 3]));
  expect(selection()).toMatchObject({ point: null, report: null });
  expect(selection().error).toContain('no such sample');
  studio.timeline.seek(studio.store.getState().timeline.moments[0].id);
  await settle();
  expect(selection()).toMatchObject({ point: { group: 'A', row: 2 }, error: null });
});

it('does not ask about a row of the target anew, nor send it samples', async () => {
  studio.selection.ask({ group: 'target', row: 4 });
  await settle();
  await snapshot(20, madeOf([9, 7]));
  expect(asked.map(({ sets }) => sets)).toEqual([null]);
});

it('says why nothing is known of a sample', async () => {
  answer = async () => wrong('Error', 'The values are gone.');
  studio.selection.ask({ group: 'A', row: 0 });
  await settle();
  expect(selection()).toMatchObject({ report: null, error: 'The values are gone.' });
});

it('compares a second selection with the first, also where it was asked for before', async () => {
  const named = (label: string, rows: readonly number[]) => ({
    label,
    samples: { A: Int32Array.from(rows) },
  });
  studio.selection.select(named('one', [0, 2]));
  await settle();
  expect(selection()).toMatchObject({ first: { label: 'one' }, second: null, comparison: null });
  studio.selection.awaitSecond(true);
  studio.selection.select(named('two', [1]));
  await settle();
  expect(selection()).toMatchObject({ first: { label: 'one' }, second: { label: 'two' }, awaiting: false });
  expect(selection().comparison).not.toBeNull();
  studio.selection.select(named('three', [0]), { compare: true });
  await settle();
  expect(selection()).toMatchObject({ first: { label: 'one' }, second: { label: 'three' } });
  expect(workers.calls.filter((call) => call === 'compare groups')).toHaveLength(2);
  await snapshot(20, madeOf([9, 7]));
  expect(selection().first?.samples).toEqual({ A: Int32Array.of(0, 1) });
  expect(workers.calls.filter((call) => call === 'compare groups')).toHaveLength(3);
  studio.selection.select(named('four', [0]));
  expect(selection()).toMatchObject({ first: { label: 'four' }, second: null, comparison: null });
});

it('keeps a selection the very same where the moment has its samples in the same places', async () => {
  studio.selection.select({ label: 'one', samples: { B: Int32Array.of(1), target: Int32Array.of(3) } });
  const before = selection().first;
  await snapshot(20, madeOf([7, 8, 9]));
  expect(selection().first).toBe(before);
});

it('writes a selection as a file', async () => {
  expect(await studio.selection.save('first', 'csv')).toBeNull();
  studio.selection.select({ label: 'one', samples: { B: Int32Array.of(1) } });
  const file = await studio.selection.save('first', 'arff');
  expect(file?.name).toBe('selection.arff');
  expect(workers.calls).toContain('save selection as arff');
});

it('forgets everything when other corpora are read', async () => {
  studio.selection.ask({ group: 'target', row: 4 });
  studio.selection.select({ label: 'one', samples: { target: Int32Array.of(3) } });
  await settle();
  studio.store.setState(({ corpora }) => ({
    corpora: {
      ...corpora,
      target: { ...corpora.target, corpus: { ...workers.demo.target, values: new Float32Array(1) } },
    },
  }));
  expect(selection()).toMatchObject({ point: null, report: null, first: null });
});
