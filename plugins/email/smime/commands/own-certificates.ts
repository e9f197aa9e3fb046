import type { Card, CardId, Cards, Certificate, PinId, Reader } from '@sigill/core';
import { filter, firstValueFrom } from 'rxjs';
import { addressesOf, sameAddress } from '../addresses.js';
import { type CertificateFacts, readCertificate } from '@sigill/core/cms';
import { isFit, type MailUse } from '../signature/judge-chain.js';

/** A certificate with a key on a card that is in. */
export interface OwnCertificate {
  readonly card: CardId;
  readonly certificate: Certificate;
  readonly facts: CertificateFacts;
}

/** The certificates with keys on all cards that are in and whose PIN can be used now. */
export async function ownCertificates(cards: Cards): Promise<readonly OwnCertificate[]> {
  return await certificatesWhere(cards, ({ pins }, pin) => pins.find(({ id }) => id === pin)?.state === 'ok');
}

/** All certificates with keys on the cards that are in: to encrypt for one asks for no PIN, and one that is locked is unlocked before the mail is read. */
export async function allCertificates(cards: Cards): Promise<readonly OwnCertificate[]> {
  return await certificatesWhere(cards, () => true);
}

async function certificatesWhere(
  cards: Cards,
  fits: (card: Card, pin: PinId) => boolean,
): Promise<readonly OwnCertificate[]> {
  const found: OwnCertificate[] = [];
  for (const { card } of await settled(cards)) {
    for (const certificate of card?.certificates ?? []) {
      const { pin } = certificate.key;
      if (!card || pin === undefined || !fits(card, pin)) continue;
      const facts = readCertificate(await cards.certificate(card.id, certificate.id));
      if (facts) found.push({ card: card.id, certificate, facts });
    }
  }
  return found;
}

/** DER of the CA certificates on a card. */
export async function issuersOn(cards: Cards, card: CardId): Promise<readonly Uint8Array[]> {
  const { caCertificates } = await cards.details(card);
  const found: Uint8Array[] = [];
  for (const { id } of caCertificates) found.push(await cards.certificate(card, id));
  return found;
}

/**
 * Those that fit a use of mail now and hold one of `addresses`, the best first: for signing one that identifies before one that binds, whose
 * PIN is for contracts.
 */
export function ownFor(
  all: readonly OwnCertificate[],
  use: MailUse,
  addresses: readonly string[],
  at: number,
): readonly OwnCertificate[] {
  const binds = ({ facts }: OwnCertificate): number =>
    Number(facts.extensions.usage?.includes('nonRepudiation') ?? false);
  return all
    .filter(({ facts }) => isFit(facts, use) && at >= facts.notBefore && at <= facts.notAfter)
    .filter(({ facts }) => addressesOf(facts).some((has) => addresses.some((one) => sameAddress(has, one))))
    .toSorted((one, other) => binds(one) - binds(other));
}

/** The one that a person named: by its id, or by the beginning of its SHA-256. */
export function ownNamed(all: readonly OwnCertificate[], name: string): OwnCertificate | undefined {
  const wanted = name.toLowerCase();
  const found = all.filter(
    ({ certificate: { id, sha256 } }) =>
      id.toLowerCase() === wanted || (wanted.length >= 8 && sha256.toLowerCase().startsWith(wanted)),
  );
  return found.length === 1 ? found[0] : undefined;
}

const settled = ({ readers }: Cards): Promise<readonly Reader[]> =>
  firstValueFrom(readers.pipe(filter((all) => all.every(({ state }) => state !== 'reading'))));
