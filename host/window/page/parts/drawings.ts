import { svg, type TemplateResult, html } from 'lit';

/** A card on its way into a reader, chip first and face up. */
export function cardIntoReader(): TemplateResult {
  return drawing(svg`<g class="moving">${card}</g>${reader}`);
}

/** A reader whose plug seeks its place. */
export function readerWithPlug(): TemplateResult {
  return drawing(svg`${reader}<g class="moving plug"><path class="cable" d="M160 168c0 26 40 26 40 0v-96c0-26 44-26 44 0v18"/>
    <rect class="body" x="232" y="86" width="24" height="30" rx="4"/><rect class="metal" x="236" y="116" width="16" height="14"/></g>`);
}

/** A card that asks. */
export function strangeCard(): TemplateResult {
  return drawing(svg`<g class="still">${card}</g><circle class="bubble" cx="222" cy="52" r="26"/>
    <path class="mark" d="M213 46a9 9 0 1 1 12 8.500c-3 1.500-3.500 3-3.500 6m0 8v.1"/>`);
}

const card = svg`<rect class="card" x="95" y="22" width="130" height="104" rx="10"/>
  <rect class="gold" x="142" y="84" width="36" height="28" rx="5"/>
  <path class="lines" d="M142 94h12m-12 8h12m12-8h12m-12 8h12M154 84v28m12-28v28"/>
  <path class="words" d="M110 42h56M110 54h38"/>`;

const reader = svg`<path class="reader" d="M70 120h180l14 56a8 8 0 0 1-8 10H64a8 8 0 0 1-8-10z"/>
  <path class="slot" d="M86 120h148"/><circle class="lamp" cx="160" cy="160" r="5"/>`;

function drawing(inside: TemplateResult): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 320 200" aria-hidden="true">${inside}</svg>`;
}
