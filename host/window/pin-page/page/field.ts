import type { PinPageField, PinPageView } from '../view.js';
import type { Finding } from './check.js';
import { element } from './element.js';

/** One field as drawn. */
export interface DrawnField {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  /** Says what is found of it now. */
  show(finding: Finding): void;
  /** Says what the host found. */
  refuse(message: string): void;
}

/** Draws a field: label, what it must have, input, and a line that says how it stands. */
export function drawField({ words }: PinPageView, field: PinPageField, at: number): DrawnField {
  const id = `field-${at}`;
  const input = element('input', {
    id,
    type: 'password',
    inputmode: field.kind === 'password' ? 'text' : 'numeric',
    // The one value by which browsers neither keep a code nor offer one of theirs.
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: field.kind === 'password' ? `${field.maxLength}` : '64',
    'aria-describedby': `${id}-help ${id}-state`,
    required: '',
  });
  const state = element('p', { id: `${id}-state`, class: 'state', 'aria-live': 'polite' });
  const say = (tone: string, sign: string, text: string): void => {
    state.className = `state ${tone}`;
    // Said again only when it changed: a reader of the screen is not to repeat itself at every key.
    if (state.dataset['text'] !== text)
      state.replaceChildren(element('span', { 'aria-hidden': 'true' }, sign), ` ${text}`);
    state.dataset['text'] = text;
    input.setAttribute('aria-invalid', String(tone === 'bad'));
  };
  const root = element(
    'div',
    { class: 'field' },
    element('label', { for: id }, field.label),
    element('p', { id: `${id}-help`, class: 'help' }, field.help),
    input,
    state,
  );
  return {
    root,
    input,
    show(finding) {
      if (finding.kind === 'empty' || finding.kind === 'any') {
        state.className = 'state';
        state.replaceChildren();
        delete state.dataset['text'];
        input.removeAttribute('aria-invalid');
      } else if (finding.kind === 'wrong') {
        say('bad', '✕', finding.why === 'length' ? field.words.length : (words[finding.why] ?? ''));
      } else {
        const fine = finding.note.startsWith('check.');
        say(fine ? 'good' : 'advice', fine ? '✓' : '!', words[finding.note] ?? '');
      }
    },
    refuse: (message) => say('bad', '✕', message),
  };
}
