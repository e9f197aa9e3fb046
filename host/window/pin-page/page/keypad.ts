import type { PinPageView } from '../view.js';
import { button, element } from './element.js';

/** A keypad on the screen, for who cannot or would rather not type: it types into the field that had the focus last. */
export function drawKeypad({ words }: PinPageView, inputs: readonly HTMLInputElement[]): HTMLElement {
  let at = 0;
  inputs.forEach((input, index) => input.addEventListener('focus', () => (at = index)));
  const type = (change: (value: string) => string): void => {
    const input = inputs[at];
    if (input === undefined) return;
    input.value = change(input.value);
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const digits = [...'1234567890'].map((digit) => button(digit, 'key', () => type((value) => value + digit)));
  const erase = button(words['keypad.erase'] ?? '', 'key wide', () => type((value) => value.slice(0, -1)));
  const next = button(words['keypad.next'] ?? '', 'key wide', () => inputs[(at + 1) % inputs.length]?.focus());
  const keys = element(
    'div',
    { class: 'keys', role: 'group', 'aria-label': words['keypad.label'] ?? '', id: 'keys' },
    ...digits,
    erase,
    ...(inputs.length > 1 ? [next] : []),
  );
  keys.hidden = true;
  const show = button(words['keypad.show'] ?? '', 'plain', () => {
    keys.hidden = !keys.hidden;
    show.textContent = words[keys.hidden ? 'keypad.show' : 'keypad.hide'] ?? '';
    show.setAttribute('aria-expanded', String(!keys.hidden));
  });
  show.setAttribute('aria-expanded', 'false');
  show.setAttribute('aria-controls', 'keys');
  return element('section', { class: 'keypad' }, show, keys);
}
