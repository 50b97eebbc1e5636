/** What several label files say of the same utterances. */
import { describe, expect, it } from 'vitest';
import { corpusClasses } from '../corpus/corpus.ts';
import { corpusOf } from './corpusOf.ts';
import { readCorpus, readSources } from './readCorpus.ts';
import { AUTO_RECIPE } from './recipe.ts';
import { fileOf } from './testing.ts';

const features = fileOf(
  `name,${Array.from({ length: 20 }, (_, c) => `f${c}`).join()}\n${['aaa', 'bbb', 'ccc', 'ddd']
    .map((name, r) => `${name}.wav,${Array.from({ length: 20 }, (_, c) => r * c + 1).join()}`)
    .join('\n')}\n`,
  'features.csv',
);
const emotions = fileOf('file,emotion\naaa,anger\nbbb,sad\nccc,joy\nddd,\n', 'lab.csv');
const speakers = fileOf('file,speaker\naaa,p\nbbb,q\nccc,p\nddd,q\n', 'spk.csv');

const wordsOf = (column: { names: readonly string[]; index: Int32Array } | null) =>
  column && Array.from(column.index, (i) => column.names[i] ?? null);

/** Features, and files of labels that come one after another. */
async function droppedAfterwards(...files: readonly ReturnType<typeof fileOf>[]) {
  let sources = await readSources([features], AUTO_RECIPE.reading);
  for (const file of files) {
    const before = sources;
    const heldFeatures = before.intake.features;
    sources = await readSources([file], AUTO_RECIPE.reading, { heldFeatures }, async () => before);
  }
  return corpusOf(sources, AUTO_RECIPE);
}

describe('label files about the same utterances', () => {
  it('each give what they say, dropped together or one after another, in whatever order', async () => {
    const made = [
      await readCorpus([features, emotions, speakers]),
      await droppedAfterwards(emotions, speakers),
      await droppedAfterwards(speakers, emotions),
    ];
    for (const { corpus, report } of made) {
      expect(wordsOf(corpus.speakers)).toEqual(['p', 'q', 'p', 'q']);
      expect([...corpusClasses(corpus, 'activation')]).toEqual([2, 0, 2, -1]);
      expect(report.join).toMatchObject({ matched: 4, unused: { count: 0 }, repeated: { count: 0 } });
      expect(report.warnings.map(({ code }) => code)).not.toContain('labels-contradict');
    }
    expect(made[0].report.join?.file).toBe('lab.csv and spk.csv');
  });

  it('fill one another’s gaps; the later counts where they contradict, which is told', async () => {
    const later = fileOf('utterance,Emotion\nx/aaa.wav,sad\nbbb,sad\nccc,\nddd,fear\nz,fear\n', 'later.csv');
    const { corpus, report } = await droppedAfterwards(emotions, later);
    expect(wordsOf(corpus.emotions)).toEqual(['sad', 'sad', 'joy', 'fear']);
    expect(report.warnings.find(({ code }) => code === 'labels-contradict')).toEqual({
      code: 'labels-contradict',
      where: 'column "Emotion"',
      message:
        '1 utterance of which lab.csv says something else than later.csv, which counts; the first is "aaa.wav".',
    });
    expect(report.join).toMatchObject({ matched: 4, unused: { count: 1, examples: ['z'] } });
  });

  it('do not contradict one another by the figures they are written in', async () => {
    const rated = fileOf('file,valence\naaa,2.5\nbbb,3\n', 'one.csv');
    const again = fileOf('file,valence\naaa,2.5000\nccc,4\n', 'two.csv');
    const { corpus, report } = await readCorpus([features, rated, again]);
    expect(corpus.labels.valence).toMatchObject({ ratings: Float32Array.of(2.5, 3, 4, Number.NaN) });
    expect(report.warnings.map(({ code }) => code)).not.toContain('labels-contradict');
    expect(report.join).toMatchObject({ matched: 3, unlabelled: { count: 1, examples: ['ddd.wav'] } });
  });

  it('are each matched in their own way, and one that fits none is named', async () => {
    const numbered = fileOf('file,speaker\naaa_1,p\nbbb_1,q\nccc_1,p\nddd_1,q\n', 'numbered.csv');
    const foreign = fileOf('file,spk\nother1,p\nother2,q\n', 'foreign.csv');
    const { report } = await readCorpus([features, emotions, numbered, foreign]);
    expect(report.join?.by).toMatch(/^base name without extension; base name without the key's last number$/);
    const told = report.warnings.filter(({ where }) => where === 'foreign.csv');
    expect(told.map(({ message }) => message)).toEqual(['No utterance is found in it.']);
  });
});
