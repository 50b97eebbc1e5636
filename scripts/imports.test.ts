/**
 * Shows that the import-direction rules bite: each planted violation is found, and the same tree without
 * violations is clean. Guards against a parser that reads no TypeScript and so reports success over nothing.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A small tree that keeps every rule. */
const CLEAN: Readonly<Record<string, string>> = {
  'src/corpus/corpus.ts': 'export type Corpus = { rows: number };\nexport const rows = 1;\n',
  'src/nn/dense.ts': "import { rows } from '../corpus/corpus.ts';\nexport const width = rows;\n",
  'src/experiment/run.ts': "import { width } from '../nn/dense.ts';\nexport const run = width;\n",
  'src/ui/App.tsx':
    "import type { Corpus } from '../corpus/corpus.ts';\nexport const App = (_: Corpus) => <p />;\n",
};

/** One planted file each, and the rule that must name it. */
const PLANTED: readonly (readonly [rule: string, path: string, source: string])[] = [
  ['layer-corpus', 'src/corpus/a.ts', "import { width } from '../nn/dense.ts';\nexport const a = width;\n"],
  [
    'layer-nn',
    'src/nn/a.ts',
    "import type { run } from '../experiment/run.ts';\nexport type A = typeof run;\n",
  ],
  [
    'tfjs-only-in-nn-and-methods',
    'src/ui/A.tsx',
    "import * as tf from '@tensorflow/tfjs';\nexport const A = () => <p>{tf.version.tfjs}</p>;\n",
  ],
  [
    'ui-knows-no-engine',
    'src/ui/B.tsx',
    "import { width } from '../nn/dense.ts';\nexport const B = () => <p>{width}</p>;\n",
  ],
  [
    'engine-knows-no-page-library',
    'src/experiment/a.ts',
    "import { useState } from 'react';\nexport const a = useState;\n",
  ],
  [
    'src-runs-in-the-browser',
    'src/formats/a.ts',
    "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
  ],
  [
    'every-folder-has-its-rule',
    'src/misc/a.ts',
    "import { rows } from '../corpus/corpus.ts';\nexport const a = rows;\n",
  ],
  ['no-circular', 'src/corpus/b.ts', "import { c } from './c.ts';\nexport const b = c;\n"],
];

describe('import direction', () => {
  let folder = '';
  let ruleSet: ICruiseOptions['ruleSet'];

  /** Names of the rules broken in the tree. */
  const broken = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    rmSync(join(folder, 'src'), { recursive: true, force: true });
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const { output } = await cruise(['src'], {
      baseDir: folder,
      validate: true,
      ruleSet,
      parser: 'tsc',
      tsPreCompilationDeps: true,
    });
    const result = output as ICruiseResult;
    expect(result.summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(files).length);
    return result.summary.violations.map((violation) => violation.rule.name);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imports-'));
    const config = await extractConfig(resolve('.dependency-cruiser.cjs'));
    ruleSet = { forbidden: config.forbidden?.filter(({ name }) => name !== 'resolvable') };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds nothing in a tree that keeps the rules', async () => {
    expect(await broken(CLEAN)).toEqual([]);
  });

  it.each(PLANTED)('%s is broken by %s', async (rule, path, source) => {
    const circle = { 'src/corpus/c.ts': "import { b } from './b.ts';\nexport const c = b;\n" };
    const files = { ...CLEAN, ...(rule === 'no-circular' ? circle : {}), [path]: source };
    expect(await broken(files)).toContain(rule);
  });
});
