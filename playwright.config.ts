/** The browser tests: the built page, served as `npm run preview` serves it, in one headless Chromium. */
import { defineConfig } from '@playwright/test';
import { GOLDEN_PORT, STUDIO_PORT } from './e2e/ports.ts';
import { launchOptions } from './scripts/browser.ts';

const server = (command: string, port: number) => ({ command, port, reuseExistingServer: false });

export default defineConfig({
  testDir: 'e2e',
  // Training computes on every core there is: two tests at once would only slow each other down.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${STUDIO_PORT}/`,
    viewport: { width: 1366, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: launchOptions({ webgpu: true }),
  },
  webServer: [
    server(`node node_modules/vite/bin/vite.js preview --port ${STUDIO_PORT} --strictPort`, STUDIO_PORT),
    server(
      `node node_modules/vite/bin/vite.js build e2e/golden --logLevel warn && node node_modules/vite/bin/vite.js preview e2e/golden --port ${GOLDEN_PORT} --strictPort`,
      GOLDEN_PORT,
    ),
  ],
});
