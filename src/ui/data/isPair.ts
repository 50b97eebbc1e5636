/** Whether there are two corpora that can be used together. */
import type { StudioState } from '../../store/studio.ts';

export const isPair = ({ corpora: { pair } }: StudioState): boolean => pair !== null && !pair.conflict;
