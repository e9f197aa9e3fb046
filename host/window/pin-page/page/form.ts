import type { PinPageView } from '../view.js';
import { check, type Finding, isInOrder } from './check.js';
import { button, element } from './element.js';
import { drawFacts, drawTries } from './facts.js';
import { drawField } from './field.js';
import { drawKeypad } from './keypad.js';
import { drawRail } from './rail.js';

/** What the person can do on the form. */
export interface FormActs {
  /** Sends what the inputs hold; says which field is not in order, or `unsent`. */
  send(inputs: readonly HTMLInputElement[]): Promise<{ field: number; message: string } | 'unsent' | undefined>;
  cancel(): void;
}

/** The form: facts, fields with their checks, keypad, and two buttons of one size. */
export function drawForm(view: PinPageView, { send, cancel }: FormActs): readonly HTMLElement[] {
  const { title, think, fields, steps, words } = view;
  const drawn = fields.map((field, at) => drawField(view, field, at));
  const inputs = drawn.map(({ input }) => input);
  const rail = steps.length > 0 ? drawRail(view) : undefined;
  const why = element('p', { id: 'why', class: 'why', 'aria-live': 'polite' });
  const ok = button(words['ok'] ?? '', 'primary', () => void submit());
  // Not `disabled`: it keeps its place in the order of keys, and says why it waits.
  ok.setAttribute('aria-describedby', 'why');
  let sending = false;

  const findings = (): readonly Finding[] => {
    const values = inputs.map(({ value }) => value);
    return fields.map((_, at) => check(fields, values, at));
  };
  function look(): void {
    const found = findings();
    found.forEach((finding, at) => drawn[at]?.show(finding));
    const open = found.findIndex((one) => !isInOrder(one));
    const waits = fields[open]?.words;
    ok.setAttribute('aria-disabled', String(open >= 0 || sending));
    why.textContent = waits === undefined ? '' : found[open]?.kind === 'empty' ? waits.missing : waits.wrong;
    rail?.mark(open < 0 ? undefined : open);
  }
  async function submit(): Promise<void> {
    const open = findings().findIndex((one) => !isInOrder(one));
    if (sending) return;
    if (open >= 0) return inputs[open]?.focus();
    sending = true;
    ok.setAttribute('aria-disabled', 'true');
    why.textContent = words['sending'] ?? '';
    const refused = await send(inputs);
    sending = false;
    if (refused === undefined) return;
    look();
    if (refused === 'unsent') return void (why.textContent = words['unsent'] ?? '');
    drawn[refused.field]?.refuse(refused.message);
    inputs[refused.field]?.focus();
    inputs[refused.field]?.select();
  }
  inputs.forEach((input, at) => {
    input.addEventListener('input', look);
    input.addEventListener('keydown', ({ key }) => {
      if (key !== 'Enter') return;
      if (at + 1 < inputs.length && !findings().every(isInOrder)) inputs[at + 1]?.focus();
      else void submit();
    });
  });
  look();
  for (const [at, { refused }] of fields.entries()) if (refused !== undefined) drawn[at]?.refuse(refused);
  return [
    element('h1', {}, title),
    ...(rail === undefined ? [] : [rail.root]),
    drawFacts(view),
    ...think.map((line) => element('p', { class: 'think' }, line)),
    ...drawTries(view),
    ...drawn.map(({ root }) => root),
    ...(fields.some(({ kind }) => kind !== 'password') ? [drawKeypad(view, inputs)] : []),
    why,
    element('div', { class: 'buttons' }, button(words['cancel'] ?? '', 'secondary', cancel), ok),
    element('p', { class: 'time' }, words['time'] ?? ''),
  ];
}
