import type { CardId, Certificate, Message, Reader } from '@sigill/core';
import { personName } from './person-name.js';

/** How a certificate of a card fits for signing documents. */
export type Fit = 'good' | 'login' | 'expired' | 'notyet' | 'code' | 'unfit';

/** A certificate with a key on a card that is in. */
export interface Candidate {
  readonly card: CardId;
  readonly reader: string;
  readonly certificate: Certificate;
  readonly fit: Fit;
}

const order: readonly Fit[] = ['good', 'login', 'notyet', 'expired', 'code', 'unfit'];

/** Every certificate with a key on a card, the best first. */
export function candidatesIn(readers: readonly Reader[], now: number): readonly Candidate[] {
  return readers
    .flatMap(({ name: reader, card }) =>
      (card?.certificates ?? [])
        .filter(({ key }) => key.pin !== undefined)
        .map((certificate) => ({
          card: card?.id ?? '',
          reader,
          certificate,
          fit: fitOf(certificate, card?.pins.find(({ id }) => id === certificate.key.pin)?.state === 'ok', now),
        })),
    )
    .toSorted((one, other) => order.indexOf(one.fit) - order.indexOf(other.fit));
}

// Certificates for non-repudiation are for documents (ETSI EN 319 412-2 §4.3.2); those for log-in only when a person insists.
function fitOf({ usage, key, notBefore, notAfter }: Certificate, open: boolean, now: number): Fit {
  const binding = usage.length === 0 || usage.includes('nonRepudiation');
  if (key.algorithm === 'other' || (!binding && !usage.includes('digitalSignature'))) return 'unfit';
  if (Date.parse(notAfter) < now) return 'expired';
  if (Date.parse(notBefore) > now) return 'notyet';
  if (!open) return 'code';
  return binding ? 'good' : 'login';
}

/** A candidate as a line of a choice, with its reason. */
export function choiceLine({ certificate, reader, fit }: Candidate): Message {
  const { id, sha256, subject, issuer, notBefore, notAfter, key } = certificate;
  return {
    key: 'sign.choice',
    values: {
      id,
      sha256: sha256.slice(0, 16),
      holder: personName(subject),
      issuer: personName(issuer),
      from: notBefore.slice(0, 10),
      until: notAfter.slice(0, 10),
      key: `${key.algorithm} ${key.curve ?? key.size}`,
      reader,
      fit,
    },
  };
}
