/** A thread of the kernel module in Node, whose threads read no TypeScript unless told how. */
import { parentPort, workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { serveKernels } = await tsImport('../src/kernels/thread.ts', import.meta.url);
serveKernels(workerData, () => parentPort?.postMessage('ready'));
