/** A modal dialog with a title and a close button; closes with Escape and by a click beside it. */
import { type ReactNode, type RefObject, useId } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly title: string;
  readonly children: ReactNode;
}

export function Dialog({ dialog, title, children }: DialogProps) {
  const id = useId();
  return (
    // Escape is the browser's own; a click on the backdrop is a shortcut to the close button.
    <dialog ref={dialog} aria-labelledby={id} closedby="any">
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
