import type { Card, Certificate, Message, Reader } from '@sigill/core';
import { uses, validity } from './match.js';
import { day, listed, nameIn } from './words.js';

/** Whether a card is in, and can be used. */
export function cardWords(readers: readonly Reader[]): readonly Message[] {
  const filled = readers.filter(({ state }) => state !== 'empty');
  if (readers.length === 0) return [{ key: 'email.check.no-reader' }];
  if (filled.length === 0) return [{ key: 'email.check.no-card' }];
  return filled.map(({ name, state }) => ({
    key: state === 'ready' ? 'email.check.card' : 'email.check.card-not-ready',
    values: { reader: name },
  }));
}

/** Whether a certificate is valid, and of use for anything that programs do. */
export function certificateWords(certificate: Certificate, now: Date): Message {
  const subject = nameIn(certificate.subject);
  const state = validity(certificate, now);
  if (state === 'early') return { key: 'email.check.early', values: { subject, from: day(certificate.notBefore) } };
  const until = day(certificate.notAfter);
  if (state === 'expired') return { key: 'email.check.expired', values: { subject, until } };
  if (!isOfUse(certificate)) return { key: 'email.check.usage', values: { subject } };
  return { key: 'email.check.certificate', values: { subject, until, addresses: listed(certificate.email) } };
}

/** TLS wants a key that signs (RFC 8446 §4.4.2.2: digitalSignature). */
export function loginWords(cards: readonly Card[], now: Date): Message {
  const able = cards
    .flatMap(({ certificates }) => certificates)
    .filter((one) => one.key.pin !== undefined && validity(one, now) === 'valid' && uses('digitalSignature')(one));
  return { key: 'email.check.login', values: { count: able.length } };
}

const isOfUse = uses('digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement', 'dataEncipherment');
