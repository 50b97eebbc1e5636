/** Our WebGPU kernels in a browser: each operation against tfjs's ops, and what a training step is made of. */
import { expect, test } from '@playwright/test';
import { GOLDEN_PORT } from './ports.ts';

test('every fused operation on WebGPU agrees with tfjs on plain JavaScript', async ({ page }) => {
  await page.goto(`http://localhost:${GOLDEN_PORT}/`);
  await page.waitForFunction(() => 'checkKernels' in window);
  const errors = await page.evaluate(() => window.checkKernels());
  expect(errors.length).toBeGreaterThanOrEqual(100);
  const worst = errors.reduce((a, b) => (b.relativeError > a.relativeError ? b : a));
  process.stdout.write(
    `${errors.length} outputs, worst ${worst.relativeError.toExponential(1)}: ${worst.name}\n`,
  );
  expect(errors.filter(({ relativeError }) => !(relativeError <= 1e-4))).toEqual([]);
});

test('a GAN step takes a third of the dispatches of tfjs’s ops', async ({ page }) => {
  await page.goto(`http://localhost:${GOLDEN_PORT}/`);
  await page.waitForFunction(() => 'compareCosts' in window);
  const { ours, stock } = await page.evaluate(() => window.compareCosts());
  process.stdout.write(
    `dispatches ${ours.dispatches} of ${stock.dispatches}, kernels ${ours.kernels} of ${stock.kernels}\n`,
  );
  expect(ours.dispatches).toBeLessThanOrEqual(stock.dispatches / 3);
});
