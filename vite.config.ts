import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { programVersion } from './cli/version.ts';

/** Cross-origin isolation: lets workers share memory, which WASM threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react()],
  define: {
    // plotly.js expects Node's `global`.
    global: 'globalThis',
    // Which version computes: kept trainings of another are not used.
    __PROGRAM__: JSON.stringify(programVersion()),
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
