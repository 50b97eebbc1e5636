/** A button that copies a text to the clipboard and says whether it could. */
import { useRef, useState } from 'react';

/** How long the button says that it has copied, in ms. */
const SAID_MS = 2000;

interface CopyProps {
  /** What is copied. */
  readonly name: string;
  /** What the button says; the name where nothing else is given. */
  readonly label?: string;
  readonly text: () => string;
  readonly disabled?: boolean;
}

export function Copy({ name, label = name, text, disabled = false }: CopyProps) {
  const [said, setSaid] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = (what: string) => {
    setSaid(what);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(null), SAID_MS);
  };
  // A page that is not served safely has no clipboard at all.
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      say('Copied');
    } catch {
      say('Refused: save it instead');
    }
  };
  return (
    <>
      <button type="button" disabled={disabled} aria-label={`Copy ${name}`} onClick={() => void copy()}>
        {said ?? label}
      </button>
      <span aria-live="polite" className="hidden-visually">
        {said}
      </span>
    </>
  );
}
