import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Cross-origin isolation: lets workers share memory, which WASM threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * tfjs starts its WASM threads from the source text of one function, which therefore must not refer to
 * anything outside itself. It asks `typeof _scriptDir` of an outer variable; a minifier that sees the
 * declaration drops the `typeof`, and every thread dies of a ReferenceError. Declared inside, it is safe.
 */
const selfContainedThreads = (): Plugin => ({
  name: 'self-contained-wasm-threads',
  transform: {
    filter: { id: /tfjs-backend-wasm-threaded-simd\.js/ },
    handler(code) {
      const head = 'function(WasmBackendModuleThreadedSimd) {';
      if (!code.includes(head))
        this.error('The factory of the WASM threads has changed; see vite.config.ts.');
      return { code: code.replace(head, `${head} var _scriptDir;`), map: null };
    },
  },
});

export default defineConfig({
  base: './',
  plugins: [react()],
  // plotly.js expects Node's `global`.
  define: { global: 'globalThis' },
  // Without this the development server finds the workers' libraries late, and reloads the page for them.
  optimizeDeps: { entries: ['index.html', 'workers/*.worker.ts'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: 'es', plugins: () => [selfContainedThreads()] },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
  test: {
    include: ['{src,workers,cli,bench,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
