/** One training step on WebGPU in a browser against float64 reference values of another implementation. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { GOLDEN_PORT } from './ports.ts';

const folder = resolve('..', 'shared', 'golden');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^step_.*\.json$/.test(name)) : [];

test('the golden steps are reproduced on WebGPU', async ({ page }) => {
  test.skip(files.length === 0, 'The reference values are not at hand (../shared/golden is absent).');
  await page.goto(`http://localhost:${GOLDEN_PORT}/`);
  await page.waitForFunction(() => 'checkGolden' in window);
  for (const name of files) {
    const file: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const discrepancies = await page.evaluate((golden) => window.checkGolden(golden), file);
    expect(discrepancies.length).toBeGreaterThanOrEqual(40);
    const worst = discrepancies.reduce((a, b) => (b.relativeError > a.relativeError ? b : a));
    process.stdout.write(`${name}: relative error ${worst.relativeError.toExponential(1)}, ${worst.name}\n`);
    expect(
      discrepancies.filter(({ relativeError }) => !(relativeError <= 2e-4)),
      name,
    ).toEqual([]);
  }
});
