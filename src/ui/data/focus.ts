/** Where the focus goes from a button whose row, or note, is about to go: else it would begin at the page's top again. */

/** Moves the focus to the button of the next row, or of the one before; false where there is none. */
export function focusNeighbour(button: HTMLElement, row: 'tr' | 'li'): boolean {
  const own = button.closest(row);
  const buttons = [own?.nextElementSibling, own?.previousElementSibling].flatMap(
    (other) => other?.querySelector('button') ?? [],
  );
  const next = buttons.find(({ disabled }) => !disabled);
  next?.focus();
  return next !== undefined;
}

/** Moves the focus to the heading of the section that an element stands in; it takes focus from scripts alone. */
export function focusHeading(element: HTMLElement): void {
  element.closest('section')?.querySelector<HTMLElement>('h3')?.focus();
}
