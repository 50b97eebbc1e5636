/** Entry point of the ingest worker. */
import { expose } from 'comlink';
import { createIngest } from './ingestService.ts';

expose(createIngest());
