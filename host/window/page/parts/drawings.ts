import { svg, type TemplateResult, html } from 'lit';

/** A card on its way into a reader, chip first and face up. */
export function cardIntoReader(): TemplateResult {
  return drawing(svg`<g class="moving">${card}</g>${reader}`);
}

/** A reader whose plug is on its way to the computer. */
export function readerWithPlug(): TemplateResult {
  return drawing(svg`<g class="small">${reader}</g>
    <path class="cable" d="M170 168c24 0 20-58 48-58h8"/>
    <g class="plug"><rect class="body" x="224" y="94" width="36" height="32" rx="6"/><rect class="metal" x="260" y="101" width="18" height="18"/></g>
    <path class="port" d="M300 66v88"/><path class="hole" d="M300 100v20"/>`);
}

/** A card that asks. */
export function strangeCard(): TemplateResult {
  return drawing(
    svg`<g class="still">${card}</g><circle class="bubble" cx="222" cy="52" r="26"/>
    <path class="mark" d="M213 46a9 9 0 1 1 12 8.500c-3 1.500-3.500 3-3.500 6m0 8v.1"/>`,
    145,
  );
}

const card = svg`<rect class="card" x="95" y="22" width="130" height="104" rx="10"/>
  <rect class="gold" x="142" y="84" width="36" height="28" rx="5"/>
  <path class="lines" d="M142 94h12m-12 8h12m12-8h12m-12 8h12M154 84v28m12-28v28"/>
  <path class="words" d="M110 42h56M110 54h38"/>`;

const reader = svg`<path class="reader" d="M70 120h180l14 56a8 8 0 0 1-8 10H64a8 8 0 0 1-8-10z"/>
  <path class="slot" d="M86 120h148"/><circle class="lamp" cx="160" cy="160" r="5"/>`;

function drawing(inside: TemplateResult, height = 200): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 320 ${height}" aria-hidden="true">${inside}</svg>`;
}
