/** Plays what a step computes, one term after the other, whenever a step is done. */
import { useEffect, useState } from 'react';
import { litAt } from '../shell/flow.ts';
import { useStillness } from '../useStillness.ts';

/** Shortest time between two terms that are shown one by one: quicker, the eye sees a flicker. */
const LEAST_MS = 60;

/**
 * The place, among `count`, of the term that is lit; null while none is.
 * @param step a new one begins a new round.
 * @param duration of a round in milliseconds; null where nothing is played.
 */
export function useReplay(step: number, count: number, duration: number | null): number | null {
  const still = useStillness();
  const [lit, setLit] = useState<{ readonly step: number; readonly place: number | null } | null>(null);
  const plays = duration !== null && !still && step > 0;
  useEffect(() => {
    if (!plays) return;
    const from = performance.now();
    const show = () => {
      const place = litAt(count, performance.now() - from, duration);
      setLit({ step, place });
      if (place === null) clearInterval(timer);
    };
    const timer = setInterval(show, Math.max(LEAST_MS, duration / (2 * count)));
    return () => clearInterval(timer);
  }, [plays, duration, count, step]);
  return plays && lit?.step === step ? lit.place : null;
}
