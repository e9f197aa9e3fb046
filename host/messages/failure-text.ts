import type { FailureData } from '@sigill/core';
import type { Texts, Values } from './texts.js';

/** What happened, whether anything was lost, and what to do now. */
export function failureText(texts: Texts, failure: FailureData): string {
  return texts.has(failure.code)
    ? texts.text(failure.code, factValues(texts, failure.facts))
    : texts.text('internal', { why: failure.code });
}

/** Facts as words: PINs and fields by their names, lists joined, what is not known as `unknown`. */
export function factValues(texts: Texts, facts: FailureData['facts']): Values {
  const values: Record<string, string | number> = { triesLeft: 'unknown', reader: 'unknown', unsure: 'none' };
  for (const [name, fact] of Object.entries(facts)) Object.assign(values, worded(texts, name, fact));
  const unsure = unsurePin(facts);
  if (unsure !== undefined) values['unsure'] = String(pinWords(texts, unsure)['pinThe']);
  const { min, max } = facts;
  if (min !== undefined) values['lengths'] = min === max ? String(min) : `${min}–${max}`;
  return values;
}

/** A PIN's name in the forms that sentences need: `pinThe` as subject, `PinThe` at their beginning, `pinOf` owning something. */
export function pinWords(texts: Texts, pin: string): Values {
  const form = (key: string): string => (texts.has(key) ? texts.text(key) : pin);
  const the = form(`pin.${pin}.the`);
  return {
    pin,
    pinName: form(`pin.${pin}`),
    pinThe: the,
    PinThe: capital(texts, the),
    pinOf: form(`pin.${pin}.of`),
  };
}

/** The PIN of an unfinished activation that was sent to the card and whose answer was lost: it may be set, so it is not called missing. */
function unsurePin({ missing, cause }: FailureData['facts']): string | undefined {
  if (!Array.isArray(missing) || typeof cause !== 'object' || cause === null) return undefined;
  const { code, facts } = cause as FailureData;
  return code === 'outcome-unknown' ? missing.find((pin): pin is string => pin === facts['pin']) : undefined;
}

function worded(texts: Texts, name: string, fact: unknown): Values {
  if (fact === undefined) return {};
  if (typeof fact === 'number') return { [name]: fact };
  if (Array.isArray(fact)) return { [name]: listed(texts, name, fact.map(String)) };
  if (typeof fact === 'object' && fact !== null) return { [name]: failureText(texts, fact as FailureData) };
  const text = String(fact);
  if (name === 'pin') return pinWords(texts, text);
  if (name === 'field') return fieldWords(texts, text);
  if (name === 'why') return { why: reasonWords(texts, text) };
  if (name === 'command') return { command: text, plugin: text.split('.')[0] ?? text };
  return { [name]: text };
}

function listed(texts: Texts, name: string, items: readonly string[]): string {
  if (items.length === 0) return texts.text('list.none');
  const pins = name === 'pins' || name === 'done' || name === 'missing';
  return texts.list(items.map((item) => (pins ? String(pinWords(texts, item)['pinThe']) : item)));
}

/** `new:PIN1` is the new basic code, `again:PIN1` the same once more. */
function fieldWords(texts: Texts, field: string): Values {
  const [kind = field, pin] = field.split(':');
  const key = pin === undefined ? `field.${kind}` : `field.${kind}.of`;
  const known = texts.has(key) ? key : `field.${kind}`;
  const name = texts.has(known) ? texts.text(known, pinWords(texts, pin ?? '')) : field;
  return { field: name, Field: capital(texts, name) };
}

/** What the system calls `ENOENT`, alone or before a sentence of its own, is told in the person's language; other reasons as they are. */
function reasonWords(texts: Texts, why: string): string {
  const key = `why.${/^(?:spawn \S+ )?(E[A-Z]+)(?=$|:)/.exec(why)?.[1]}`;
  return texts.has(key) ? texts.text(key) : why;
}

function capital(texts: Texts, text: string): string {
  return text.charAt(0).toLocaleUpperCase(texts.language) + text.slice(1);
}
