import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { programVersion } from './cli/version.ts';

/** Cross-origin isolation: lets workers share memory, which WASM threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const version = programVersion();

/** Serves anew once what computes has changed: until then the page would keep new figures as those of the old version. */
const serveNewVersions: Plugin = {
  name: 'serve-new-versions',
  configureServer(server) {
    server.watcher.on('change', () => {
      if (programVersion() !== version) void server.restart();
    });
  },
};

export default defineConfig({
  base: './',
  plugins: [react(), serveNewVersions],
  define: {
    // plotly.js expects Node's `global`.
    global: 'globalThis',
    // Which version computes: kept trainings of another are not used.
    __PROGRAM__: JSON.stringify(version),
  },
  // Without this the development server finds the workers' libraries late, and reloads the page for them.
  optimizeDeps: { entries: ['index.html', 'workers/*.worker.ts'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
  test: {
    include: ['{src,workers,cli,bench,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['cli/relaxedSimd.ts'],
    testTimeout: 60_000,
  },
});
