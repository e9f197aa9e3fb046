import type { WindowView } from '../view/window-view.js';

/** Tells when the person comes to a panel, so that its plugin is started. */
export class PanelVisit {
  readonly #come: (panel: string) => void;
  #at: string | undefined;

  constructor(come: (panel: string) => void) {
    this.#come = come;
  }

  /** Where the person is, however often it is told. */
  at(place: string, { panels }: WindowView): void {
    const panel = panels.find(({ id }) => place === `panel:${id}`)?.id;
    if (panel === this.#at) return;
    this.#at = panel;
    if (panel !== undefined) this.#come(panel);
  }

  /** The connection is lost: a host that was started anew knows nothing of what was opened before. */
  forget(): void {
    this.#at = undefined;
  }
}
