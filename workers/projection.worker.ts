/** Entry point of the worker that computes the map; all it does is in `projectionService.ts`. */
import { expose } from 'comlink';
import { Machine } from '../src/kernels/machine.ts';
import { createProjection } from './projectionService.ts';

// One thread: the layout, which is most of the work, is none for several, and the others belong to training.
expose(createProjection(Machine.create({ shared: false })));
