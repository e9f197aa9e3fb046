/** A new place begins at its heading, for eyes and for screen readers. */
export function beginAtHeading(page: HTMLElement): void {
  window.scrollTo(0, 0);
  page.querySelector('nav [aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  page.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
}
