/** A thread of the kernel module: takes its set-up from the first message and serves until it is terminated. */
import { serveKernels, type ThreadSetup } from '../src/kernels/thread.ts';

self.onmessage = ({ data }: MessageEvent<ThreadSetup>) => serveKernels(data, () => self.postMessage('ready'));
