import { html, nothing, type TemplateResult } from 'lit';
import type { PinView, ReaderView } from '../../view/reader-view.js';
import { icon } from '../parts/icon.js';
import { tries } from '../parts/tries.js';
import type { Scene } from '../scene.js';

/** The codes that the person chooses; the PUK came in the letter. */
export function ownCodes({ card }: ReaderView): readonly PinView[] {
  return card?.pins.filter(({ id }) => id !== 'PUK') ?? [];
}

/** Letter → each code → Done, and where the person is. */
export function stepRail(
  scene: Scene,
  reader: ReaderView | undefined,
  now: 'letter' | 'codes' | 'done',
): TemplateResult {
  const pins = reader === undefined ? [] : ownCodes(reader);
  const steps = [
    { label: scene.word('page.activation.step.letter'), here: now === 'letter', over: now !== 'letter' },
    ...pins.map(({ label, state }) => ({
      label,
      here: now === 'codes' && state === 'not-set',
      over: state !== 'not-set',
    })),
    { label: scene.word('page.activation.step.done'), here: now === 'done', over: now === 'done' },
  ];
  const first = steps.findIndex(({ here }) => here);
  return html`<ol class="rail" aria-label=${scene.word('page.activation.steps')}>
    ${steps.map(
      ({ label, over }, index) =>
        html`<li class=${over ? 'over' : ''} aria-current=${index === first ? 'step' : 'false'}>
          <span class="dot" aria-hidden="true">${over ? icon('check') : nothing}</span><span>${label}</span>
        </li>`,
    )}
  </ol>`;
}

/** What will be asked, letter first, so that the person can think first. */
export function asked(scene: Scene, reader: ReaderView): TemplateResult {
  const { word } = scene;
  const pins = ownCodes(reader).filter(({ state }) => state === 'not-set');
  return html`<section>
    <h3 class="section">${word('page.activation.asked')}</h3>
    <ol class="asked">
      <li>
        ${icon('letter', 'large')}
        <div>
          <h4>${word('page.activation.code.title')}</h4>
          <p>${word('page.activation.code.text')}</p>
          ${reader.activationCode === undefined ? nothing : tries(reader.activationCode)}
        </div>
      </li>
      ${pins.map(
        (pin) =>
          html`<li>
            ${icon('code', 'large')}
            <div>
              <h4>${pin.label}</h4>
              ${pin.lengths === undefined ? nothing : html`<p class="lengths">${pin.lengths}</p>`}
              <p>${word(purposes[pin.id] ?? 'page.activation.pin')}</p>
            </div>
          </li>`,
      )}
    </ol>
    <ul class="advice">
      <li>${word('page.activation.advice.different')}</li>
      <li>${word('page.activation.advice.guess')}</li>
    </ul>
  </section>`;
}

/** Which codes are set and which are not. */
export function codeStates(scene: Scene, reader: ReaderView): TemplateResult {
  return html`<ul class="code-states">
    ${ownCodes(reader).map((pin) => {
      const isSet = pin.state !== 'not-set';
      return html`<li class=${isSet ? 'good' : 'missing'}>
        ${icon(isSet ? 'check' : 'state-no-certificate')}<span>${pin.label}</span>
        <strong>${scene.word(stateKey(pin))}</strong>
      </li>`;
    })}
  </ul>`;
}

function stateKey({ state }: PinView): string {
  return state === 'not-set' ? 'page.activation.missing' : 'page.activation.set';
}

const purposes: Readonly<Record<string, string>> = { PIN1: 'page.activation.pin1', PIN2: 'page.activation.pin2' };
