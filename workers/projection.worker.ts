/** Entry point of the worker that computes the map; all it does is in `projectionService.ts`. */
import { expose } from 'comlink';
import { createProjection } from './projectionService.ts';

expose(createProjection());
