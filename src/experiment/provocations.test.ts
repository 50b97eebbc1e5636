import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAILURES } from '../diagnosis/finding.ts';
import { parseRunConfig } from './config.ts';
import { LiveQueue } from './live.ts';
import { PROVOCATIONS, patched, provokedConfig } from './provocations.ts';
import { RECORDINGS } from './recordings.ts';

describe.each(PROVOCATIONS)('the provocation "$name"', (provocation) => {
  it('is a run that can be started, and so is its cure', () => {
    const config = provokedConfig(provocation);
    expect(parseRunConfig(config)).toEqual(config);
    const { cure } = provocation;
    expect(cure === null).toBe(provocation.name === 'healthy');
    if (cure?.kind === 'live') new LiveQueue().request(cure.request);
    if (cure?.kind === 'next')
      parseRunConfig({ ...config, settings: patched(config.settings, cure.settings) });
  });
});

it('provocations stand in the order of the failures, each once, and recordings are of some of them', () => {
  const names = PROVOCATIONS.map(({ name }) => name);
  expect(names).toEqual(['healthy', ...FAILURES].filter((name) => names.some((own) => own === name)));
  for (const { name, file } of RECORDINGS) {
    expect(names).toContain(name);
    expect(existsSync(new URL(`../../public/${file}`, import.meta.url))).toBe(true);
  }
});
