import { type Card, inLanguage, type Key, type PublicKey } from '@sigill/core';
import { pinWords } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import type { KeyView } from '../window/view/reader-view.js';
import { action, type Offered } from './action.js';

/** `EC, P-384`, `RSA, 3072 bits`. */
export function keyKind({ algorithm, size, curve }: PublicKey, texts: Texts): string {
  return curve === undefined
    ? texts.text('algorithm.bits', { algorithm, size })
    : texts.text('algorithm.curve', { algorithm, curve });
}

/** A private key. It can be tried when the card has a certificate to check the signature with. */
export function keyView(card: Card, key: Key, offered: Offered, texts: Texts): KeyView {
  const { id, label, pin, usage } = key;
  const fact = (name: string, value: string) => ({ name: texts.text(`fact.${name}`), value });
  const testable = card.certificates.some((certificate) => certificate.id === id);
  return {
    id,
    label: inLanguage(label, texts.language),
    facts: [
      fact('algorithm', keyKind(key, texts)),
      ...(pin === undefined ? [] : [fact('pin', String(pinWords(texts, pin)['pinName']))]),
      ...(usage.length === 0 ? [] : [fact('usage', texts.list(usage.map((one) => texts.text(`usage.${one}`))))]),
      fact('id', id),
    ],
    actions: testable
      ? action(offered, texts, 'host.test-key', { card: card.id, key: id }, texts.text('action.test-key'))
      : [],
  };
}
