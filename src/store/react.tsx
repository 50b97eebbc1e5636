/** Binds the store to React: a component re-renders only when what it selects has changed. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Studio, StudioState } from './studio.ts';

const StudioContext = createContext<Studio | null>(null);

export function StudioProvider({ studio, children }: { studio: Studio; children: ReactNode }) {
  return <StudioContext value={studio}>{children}</StudioContext>;
}

/** The studio's actions. @throws outside a `StudioProvider`. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error('This component must stand inside a StudioProvider.');
  return studio;
}

/** A part of the studio's state. */
export function useStudioState<T>(select: (state: StudioState) => T): T {
  return useStore(useStudio().store, select);
}
