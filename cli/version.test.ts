import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programVersion } from './version.ts';

let root: string;

async function put(path: string, text: string): Promise<string> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  return programVersion(root);
}

const libraries = (version: string, page = '1') =>
  JSON.stringify({ dependencies: { '@tensorflow/tfjs': version, react: page } });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ccemogan-'));
  await writeFile(join(root, 'package.json'), libraries('4'));
  for (const layer of ['corpus', 'formats', 'kernels', 'metrics', 'nn', 'methods', 'experiment'])
    await mkdir(join(root, 'src', layer), { recursive: true });
  await mkdir(join(root, 'workers'));
});
afterAll(() => rm(root, { recursive: true }));

it('changes with what computes, and with nothing else', async () => {
  const first = await put('src/nn/deep/layer.ts', 'a;\nb;\n');
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(await put('src/nn/deep/layer.ts', 'a;\r\nb;\r\n')).toBe(first);
  expect(programVersion(`${root}/`)).toBe(first);
  expect(await put('src/nn/deep/layer.test.ts', 'test')).toBe(first);
  expect(await put('src/nn/layers.testing.ts', 'test')).toBe(first);
  expect(await put('src/ui/Button.tsx', 'page')).toBe(first);
  expect(await put('package.json', libraries('4', '2'))).toBe(first);
  const versions = [
    first,
    await put('src/nn/deep/layer.ts', 'a;\nc;\n'),
    await put('workers/trainer.worker.ts', 'd;\n'),
    await put('package.json', libraries('5')),
  ];
  expect(new Set(versions).size).toBe(versions.length);
});

it('is that of this repository unless told', () => {
  expect(programVersion()).toBe(programVersion());
});
