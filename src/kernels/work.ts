/** Numbers of the pieces of work, as `assembly/work.ts` knows them. */
export const WORK = {
  multiply: 1,
  leakyGradient: 2,
  sigmoidGradient: 3,
  add: 4,
  scaledDifference: 5,
  adam: 6,
  columnSums: 7,
  normalise: 8,
  normaliseGradient: 9,
  packPanels: 10,
  squaredDistances: 11,
  nearest: 12,
  packLeft: 13,
} as const;

export type WorkNumber = (typeof WORK)[keyof typeof WORK];
