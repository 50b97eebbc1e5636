import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MethodName } from './config.ts';
import { latexOf } from './latex.ts';
import { AUGMENTATION_GROUPS, BASELINE_GROUPS } from './layout.ts';
import { markdownOf } from './markdown.ts';
import { PAPER_AUGMENTATION, PAPER_BASELINES, PAPER_WITHIN } from './paperFigures.ts';
import { summarise } from './summary.ts';
import { comparisonDocument } from './tables.ts';
import { testConfig, testCorpora, testRow, testUnit } from './units.testing.ts';

const units = [1, 2, 3].flatMap((seed) => [
  testUnit('source-only', seed, [testRow('source-only', [4 + seed, 5])]),
  testUnit('ccemogan', seed, [testRow('B', [6, 6]), testRow('OB', [6, seed + 6])]),
]);
const names = { ...testCorpora, source: { ...testCorpora.source, name: 'my_corpus|50% & <b>' } };
const results = summarise(testConfig(), names, [
  ...units.slice(0, 5),
  testUnit('ccemogan', 3, [], { diverged: 'The loss "cycle" became NaN.' }),
]);
const table = (key: string, paper = false) =>
  comparisonDocument(results, { paper }).tables.find((other) => other.key === key)!;

describe('the tables of a comparison', () => {
  it('follow the paper, with a figure under every column that has one', () => {
    const { groups, rows } = table('baselines');
    const columns = groups.flatMap((group) => group.columns);
    expect(columns).toEqual('DANN* CyCADA CyEmoGAN TC_A TC_OA TC_B TC_OB A B C OA OB OC'.split(' '));
    expect(rows).toHaveLength(1);
    const filled = columns.filter((_, i) => rows[0].cells[i] !== null);
    expect(filled).toEqual(['B', 'OB']);
    expect(rows[0].cells[columns.indexOf('OB')]).toMatchObject({ mean: 67.5, partial: 2, largest: true });
    expect(rows[0].cells[columns.indexOf('B')]).toMatchObject({ mean: 60, sd: 0, largest: false });
    expect(table('controls').rows[0].cells[0]).toMatchObject({ kind: 'figure', mean: 55, partial: null });
    expect(table('within').rows.map(({ labels }) => labels[0])).toEqual([
      'Theirs (target)',
      'my_corpus|50% & <b> (source)',
    ]);
  });

  it('show the paper’s figures on request only, as those of other corpora', () => {
    const { rows } = table('baselines', true);
    expect(rows.map(({ origin }) => origin)).toEqual(['own', 'paper', 'paper']);
    expect(rows[1].labels).toEqual(['Activation', 'IEMOCAP → CreativeIT (paper)']);
    expect(comparisonDocument(results).notes.join(' ')).not.toContain('IEMOCAP');
    expect(comparisonDocument(results, { paper: true }).notes.join(' ')).toContain('47.75 in the text is B');
  });

  it('say in the notes what figures alone would hide', () => {
    const notes = comparisonDocument(results).notes.join('\n');
    expect(notes).toContain('3 pairs cannot reach less than 0.250');
    expect(notes).toContain('named in advance is OB');
    expect(notes).toContain('CCEmoGAN, seed 3, has no figures: The loss "cycle" became NaN.');
    expect(notes).toContain('5 known target speakers at least, and 2 are known');
    expect(notes).not.toContain('Simulated');
    const optimistic = '"Theirs" names no speakers.';
    const within = [1, 2].map((seed) => testUnit('within', seed, [], { notes: [optimistic] }));
    const config = testConfig({ methods: ['within', 'ccemogan'] });
    const own = comparisonDocument(summarise(config, names, [...within, ...units])).notes;
    expect(own.filter((note) => note === optimistic)).toHaveLength(1);
    expect(notes).not.toContain('Not done yet');
    const rest = comparisonDocument(summarise(testConfig(), names, units.slice(0, 2))).notes;
    expect(rest).toContain('Not done yet: Source only (2 seeds), CCEmoGAN (2 seeds).');
    // Without a difference nothing is tested, and without a figure nobody has been counted.
    for (const some of [[], units.slice(0, 1), [testUnit('within', 1, [testRow('target-dnn', [6])])]]) {
      const config = testConfig({ methods: ['within', 'source-only', 'ccemogan'] });
      const early = comparisonDocument(summarise(config, names, some)).notes.join('\n');
      expect(early).not.toMatch(/Wilcoxon|interval|are known/);
    }
    const simulated = { ...testCorpora, target: { ...testCorpora.target, simulated: true } };
    expect(comparisonDocument(summarise(testConfig(), simulated, units)).notes[0]).toMatch(
      /^Simulated data: Theirs/,
    );
  });

  it('name the weight of the reversed gradient where it is not the published one', () => {
    const { settings } = testConfig();
    const about = (methods: MethodName[], lambda: number) => {
      const config = testConfig({ methods, settings: { ...settings, dann: { ...settings.dann, lambda } } });
      return comparisonDocument(summarise(config, names, [])).notes.find((note) => /reversed/.test(note));
    };
    expect(about(['dann', 'cycada'], 0.1)).toBe(
      "The weight of the reversed gradient ends at 0.1 for DANN and CyCADA's own classifier (O); the published one ends at 1.",
    );
    expect(about(['cycada'], 0.5)).toMatch(/ends at 0\.5 for CyCADA's own classifier/);
    expect(about(['dann', 'cycada'], 1)).toBeUndefined();
    expect(about(['source-only'], 0.1)).toBeUndefined();
  });

  it('become Markdown with names as they stand', () => {
    const text = markdownOf(comparisonDocument(results));
    expect(text).toContain('my\\_corpus\\|50% & \\<b\\>');
    expect(text).toContain('**67.50** ± 3.54 (n = 2)');
    const lines = text.split('\n').filter((line) => line.startsWith('| '));
    expect(lines.length).toBeGreaterThan(10);
    expect(text).toContain('| Source only | O | 55.00 ± 5.00 | – | – | – | – |');
  });

  it('become LaTeX with names escaped and as many cells in a line as columns', () => {
    const text = latexOf(comparisonDocument(results));
    expect(text).toContain('my\\_corpus|50\\% \\& \\textless{}b\\textgreater{} $\\rightarrow$ Theirs');
    expect(text).toContain('TC\\_OA');
    expect(text).toContain('Corpora & DANN{*} &');
    expect(text).toContain('\\textbf{67.50}');
    expect(text).toContain('{\\scriptsize $\\pm$3.54 ($n=2$)}');
    for (const block of text.split('\\begin{tabular}{').slice(1)) {
      const columns = block.indexOf('}');
      for (const body of block.split('\\midrule')[1].split('\\bottomrule')[0].trim().split('\n')) {
        expect(body.split(/(?<!\\)&/)).toHaveLength(columns);
        expect(body.endsWith('\\\\')).toBe(true);
      }
    }
  });
});

const paper = new URL('../../../../shared/paper/ccemogan.txt', import.meta.url);

describe('the paper’s figures', () => {
  it('are as many as its columns', () => {
    const width = (groups: typeof BASELINE_GROUPS) => groups.flatMap(({ columns }) => columns).length;
    for (const task of ['activation', 'valence'] as const) {
      for (const { figures } of PAPER_BASELINES[task]) expect(figures).toHaveLength(width(BASELINE_GROUPS));
      for (const { figures } of PAPER_AUGMENTATION[task])
        expect(figures).toHaveLength(width(AUGMENTATION_GROUPS));
    }
  });

  it.skipIf(!existsSync(paper))('are those of its text (needs ../shared/paper)', () => {
    const text = readFileSync(paper, 'utf8').replaceAll(/<\/?b>/g, '');
    const lines = text.split('\n').map((line) => line.split('\t').slice(-13).join(' '));
    const printed = (figures: readonly number[]) =>
      lines.some((line) => line.endsWith(` ${figures.join(' ')}`));
    for (const tables of [PAPER_BASELINES, PAPER_AUGMENTATION]) {
      for (const { figures } of [...tables.activation, ...tables.valence]) {
        expect(printed(figures) || lines.includes(figures.join(' ')), figures.join(' ')).toBe(true);
      }
    }
    PAPER_WITHIN.activation.forEach(({ corpora, figures }, i) => {
      const both = [...figures, ...PAPER_WITHIN.valence[i].figures];
      expect(lines).toContain(`${corpora} ${both.join(' ')}`);
    });
  });
});
