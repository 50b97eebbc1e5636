/** Whether an element has come near the screen yet: what takes time is begun only then. */
import { type RefObject, useEffect, useRef, useState } from 'react';

export function useSeen(): { readonly element: RefObject<HTMLDivElement | null>; readonly seen: boolean } {
  const element = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return { element, seen };
}
