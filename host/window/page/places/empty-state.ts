import { html, nothing, type TemplateResult } from 'lit';

/** A drawing, what to do, and no more. */
export function emptyState(
  drawing: TemplateResult,
  title: string,
  lines: readonly string[],
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<section class="empty">
    ${drawing}
    <h2 data-news>${title}</h2>
    ${lines.map((line) => html`<p>${line}</p>`)} ${more}
  </section>`;
}
