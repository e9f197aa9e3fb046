import { type Card, type Certificate, inLanguage } from '@sigill/core';
import { commonNameIn } from '@sigill/core/card';
import { validity } from '../messages/card-words.js';
import { pinWords } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import { expiring } from '../tray/status-icon.js';
import type { FactView } from '../window/view/action-view.js';
import type { CertificateView } from '../window/view/reader-view.js';
import { action, type Offered } from './action.js';
import { keyKind } from './key-view.js';
import { timeFromNow } from './time-from-now.js';

/** A certificate of a card; one of a CA has no key here. */
export function certificateView(
  card: Card,
  certificate: Certificate,
  ca: boolean,
  offered: Offered,
  texts: Texts,
  now: Date,
): CertificateView {
  const { id, label, key } = certificate;
  const { text, tone } = validity(certificate, texts, now);
  const later = new Date(certificate.notBefore) > now ? certificate.notBefore : certificate.notAfter;
  const testable = !ca && key.pin !== undefined;
  return {
    id,
    label: inLanguage(label, texts.language),
    validity: texts.text('validity', { words: text, when: timeFromNow(later, now, texts.language) }),
    tone: tone ?? (endsSoon(card, certificate, now) ? 'warning' : 'good'),
    ca,
    facts: facts(certificate, texts),
    details: details(certificate, texts),
    actions: testable
      ? action(offered, texts, 'host.test-key', { card: card.id, key: id }, texts.text('action.test-key'))
      : [],
  };
}

/** The tray's own measure, for each certificate by itself. */
function endsSoon(card: Card, certificate: Certificate, now: Date): boolean {
  const alone = { name: card.reader, state: 'ready', card: { ...card, certificates: [certificate] } } as const;
  return expiring(alone, now) !== undefined;
}

function facts(certificate: Certificate, texts: Texts): readonly FactView[] {
  const { subject, issuer, notBefore, notAfter, email, usage, key } = certificate;
  const fact = (name: string, value: string): readonly FactView[] =>
    value === '' ? [] : [{ name: texts.text(`fact.${name}`), value }];
  const span = texts.text('fact.validity.span', { from: texts.day(notBefore), until: texts.day(notAfter) });
  return [
    ...fact('holder', commonNameIn(subject) ?? subject),
    ...fact('issuer', commonNameIn(issuer) ?? issuer),
    ...fact('validity', span),
    ...fact('email', email.join(', ')),
    ...fact(
      'usage',
      usage.length === 0 ? '' : texts.list([...new Set(usage.map((one) => texts.text(`usage.${one}`)))]),
    ),
    ...fact('pin', key.pin === undefined ? '' : String(pinWords(texts, key.pin)['pinName'])),
  ];
}

function details(certificate: Certificate, texts: Texts): readonly FactView[] {
  const { id, subject, issuer, serialNumber, sha256, key } = certificate;
  const fact = (name: string, value: string): FactView => ({ name: texts.text(`fact.${name}`), value });
  return [
    fact('serial', serialNumber),
    fact('algorithm', keyKind(key, texts)),
    fact('sha256', sha256),
    fact('subject', subject),
    fact('issuer.whole', issuer),
    fact('id', id),
  ];
}
