type Drawn = HTMLElement & { readonly updateComplete?: Promise<unknown> };

/**
 * Keeps the keyboard's place over a drawing. What had the focus may be drawn anew, be disabled for a while, or be gone with its
 * card: then the focus goes to what stands in its place (the same `data-focus`), else to the tree it was in, else to the content.
 */
export class FocusKeeper {
  #had: { readonly key: string | undefined; readonly inTree: boolean } | undefined;
  /** What takes the focus has not drawn itself yet. */
  #coming = false;

  /** Before a drawing. */
  note(): void {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) {
      if (!this.#coming) this.#had = undefined;
      return;
    }
    const key = focused.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
    this.#had = { key, inTree: focused.closest('[role=tree]') !== null };
  }

  /** After it. */
  keep(page: HTMLElement): void {
    const had = this.#had;
    if (had === undefined || document.activeElement !== document.body) return;
    const same = had.key === undefined ? null : page.querySelector<Drawn>(`[data-focus="${CSS.escape(had.key)}"]`);
    const inTree = had.inTree ? page.querySelector<Drawn>('.row[tabindex="0"]') : null;
    const found = same ?? inTree ?? page.querySelector<Drawn>('#main');
    if (found?.updateComplete === undefined) return found?.focus({ preventScroll: true });
    // One that was just made can take the focus when it has drawn itself.
    this.#coming = true;
    void found.updateComplete.then(() => {
      this.#coming = false;
      if (document.activeElement === document.body) found.focus({ preventScroll: true });
    });
  }
}
