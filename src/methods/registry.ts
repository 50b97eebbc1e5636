/** The methods that take a source to a target, by name. */
import { ccemogan } from './ccemogan.ts';
import { dann } from './dann.ts';
import type { Method } from './method.ts';
import type { TransferMethod } from './names.ts';
import { sourceOnly } from './sourceOnly.ts';

export const METHODS: Readonly<Record<TransferMethod, Method>> = {
  'source-only': sourceOnly,
  dann,
  ccemogan,
};
