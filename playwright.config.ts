/** The browser tests: the built page, served as `npm run preview` serves it, in one headless Chromium. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.ts';

const port = 4517;

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
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1366, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      args: [
        '--no-sandbox',
        // Offers WebGPU on machines without a GPU too, computed in software.
        '--enable-unsafe-webgpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    port,
    reuseExistingServer: false,
  },
});
