import fc from 'fast-check';
import { expect, it } from 'vitest';
import { choiceId, parseChoice, type TrayChoice } from './choice.js';

it('ids read as what they do', () => {
  const args = { card: 'card-1', pin: 'PIN1' };
  expect(choiceId({ kind: 'run', command: 'pin.change', args })).toBe('run:pin.change?card=card-1&pin=PIN1');
  expect(choiceId({ kind: 'documents' })).toBe('documents');
  expect(choiceId({ kind: 'show', place: 'devices' })).toBe('show:devices');
  expect(choiceId({ kind: 'language', language: 'sv' })).toBe('language:sv');
  expect(choiceId({ kind: 'quit' })).toBe('quit');
});

it('an id gives back the choice that it was made of', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => text !== '__proto__');
  const run = fc.record({
    kind: fc.constant('run' as const),
    command: fc.stringMatching(/^[a-z-]+\.[a-z-]+$/),
    args: fc.dictionary(name, fc.string(), { noNullPrototype: true }),
  });
  const others = fc.constantFrom<TrayChoice>(
    { kind: 'quit' },
    { kind: 'documents' },
    { kind: 'language', language: 'fi' },
    { kind: 'show', place: 'devices' },
    { kind: 'show', place: 'panel:email.set-up' },
  );
  fc.assert(fc.property(fc.oneof(run, others), (choice) => void expect(parseChoice(choiceId(choice))).toEqual(choice)));
});

it('what is no id is no choice', () => {
  for (const id of ['', 'run:', 'run:?a=b', 'show:codes', 'show:panel:', 'language:de', 'quit ', 'Quit', '__proto__']) {
    expect(parseChoice(id), id).toBeUndefined();
  }
});
