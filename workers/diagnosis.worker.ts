/** Entry point of the worker that knows what is wrong with samples; all it does is in `diagnosisService.ts`. */
import { expose } from 'comlink';
import { Machine } from '../src/kernels/machine.ts';
import { createDiagnosis } from './diagnosisService.ts';

// One thread: the others belong to training.
expose(createDiagnosis(Machine.create({ shared: false })));
