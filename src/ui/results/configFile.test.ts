import { expect, it } from 'vitest';
import type { BackendReport } from '../../../workers/protocol.ts';
import { parseRunConfig } from '../../experiment/config.ts';
import { AUTO_RECIPE } from '../../formats/recipe.ts';
import { INITIAL_CORPORA } from '../../store/corpora.ts';
import { INITIAL_PROGRESS } from '../../store/progress.ts';
import { INITIAL_MACHINE } from '../../store/run.ts';
import { configOf, INITIAL_SETUP } from '../../store/setup.ts';
import { configFile } from './configFile.ts';

const backends: BackendReport = { automatic: 'webgpu', reason: '', options: [] };
const setup = { ...INITIAL_SETUP, seed: 5 };
const corpora = {
  source: { ...INITIAL_CORPORA.source, recipe: AUTO_RECIPE },
  target: { ...INITIAL_CORPORA.target, recipe: AUTO_RECIPE },
  pair: null,
  differences: INITIAL_CORPORA.differences,
};

it('is what the command line reads: a configuration with the backend beside it', () => {
  const run = {
    ...INITIAL_PROGRESS,
    config: configOf({ ...setup, seed: 3 }, corpora),
    backend: 'wasm' as const,
  };
  const { backend, ...config } = JSON.parse(
    configFile({ run, setup, corpora: INITIAL_CORPORA, machine: { ...INITIAL_MACHINE, backends } }),
  );
  expect(backend).toBe('wasm');
  expect(parseRunConfig(config)).toEqual(run.config);
});

it('before any run, is of the run as set up', () => {
  const file = (known: BackendReport | null) =>
    JSON.parse(
      configFile({
        run: INITIAL_PROGRESS,
        setup,
        corpora,
        machine: { ...INITIAL_MACHINE, backends: known },
      }),
    );
  expect(file(backends)).toMatchObject({ seed: 5, backend: 'webgpu', corpora: { target: AUTO_RECIPE } });
  expect(file(null)).not.toHaveProperty('backend');
});
