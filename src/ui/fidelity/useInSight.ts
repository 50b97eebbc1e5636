/** Whether an element can be seen just now: what costs something is done only then. */
import { type RefObject, useEffect, useRef, useState } from 'react';

export function useInSight<E extends HTMLElement>(): {
  readonly element: RefObject<E | null>;
  readonly inSight: boolean;
} {
  const element = useRef<E>(null);
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      setInSight(entries.at(-1)?.isIntersecting ?? false);
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return { element, inSight };
}
