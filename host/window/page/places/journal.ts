import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { journalFilePath, journalPath } from '../../requests.js';
import type { JournalRowView, JournalView } from '../../view/journal-view.js';
import type { Scene } from '../scene.js';

/** What cards signed: asked for when the person comes here, and again when something has ended. */
export function journal(scene: Scene): TemplateResult {
  const ended = scene.view.activities.map(({ id, state }) => `${id} ${state}`).join();
  const stamp = `${scene.view.language} ${ended}`;
  return html`<h1>${scene.word('page.journal')}</h1>
    <p class="lead">${scene.word('page.journal.lead')}</p>
    <sigill-journal .stamp=${stamp} .word=${scene.word}></sigill-journal>`;
}

/** The journal as a table. */
export class JournalTable extends LitElement {
  static override properties = {
    stamp: { attribute: false },
    word: { attribute: false },
    shown: { state: true },
    failed: { state: true },
  };

  declare stamp: string;
  declare word: (key: string) => string;
  declare shown: JournalView | undefined;
  declare failed: boolean;
  #asked = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.stamp === this.#asked) return;
    this.#asked = this.stamp;
    void this.#ask();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { word, shown, failed } = this;
    if (failed) return html`<wa-callout variant="danger">${word('page.journal.failed')}</wa-callout>`;
    if (shown === undefined) return nothing;
    const { sound, verdict, rows, last } = shown;
    return html`<wa-callout variant=${sound ? 'success' : 'danger'}>
        <p data-news>${verdict}</p>
        <wa-details summary=${word('page.details')}>
          <p>${word('page.journal.last')}</p>
          <p><code>${last}</code></p>
        </wa-details>
      </wa-callout>
      ${rows.length === 0 ? html`<p>${word('page.journal.none')}</p>` : this.#table(shown)}
      <div class="actions">
        <wa-button variant="neutral" appearance="outlined" href=${journalFilePath} download="sigill-journal.jsonl"
          >${word('page.journal.export')}</wa-button
        >
      </div>`;
  }

  #table({ rows, shown }: JournalView): TemplateResult {
    const { word } = this;
    return html`<p class="quiet">${shown}</p>
      <div class="table-holder" role="region" tabindex="0" aria-label=${word('page.journal')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${word('page.journal.number')}</th>
              <th scope="col">${word('page.journal.time')}</th>
              <th scope="col">${word('page.journal.what')}</th>
              <th scope="col">${word('page.journal.who')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(row)}
          </tbody>
        </table>
      </div>`;
  }

  async #ask(): Promise<void> {
    try {
      const answer = await fetch(journalPath);
      if (!answer.ok) throw new Error(String(answer.status));
      this.shown = (await answer.json()) as JournalView;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
}

const row = ({ number, time, what, who, details }: JournalRowView): TemplateResult =>
  html`<tr>
    <td>${number}</td>
    <td>${time}</td>
    <td>${what}${details.map((one) => html`<small>${one}</small>`)}</td>
    <td>${who}</td>
  </tr>`;

customElements.define('sigill-journal', JournalTable);
