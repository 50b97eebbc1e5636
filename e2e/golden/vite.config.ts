/** Builds the page on which the golden step files are recomputed; it is no part of the studio's own build. */
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: {
    target: 'es2023',
    outDir: '../../node_modules/.cache/golden-page',
    emptyOutDir: true,
    chunkSizeWarningLimit: 4000,
  },
});
