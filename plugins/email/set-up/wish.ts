import type { Card, CardCertificate, CardId, Certificate, ProgramProfile, SetUpWish } from '@sigill/core';
import { matchCertificates, type Unmatched } from './match.js';

/** A card that is in, with the CA certificates on it. */
export interface CardWithAuthorities {
  readonly card: Card;
  readonly authorities: readonly Certificate[];
}

/** What is to be set up, and what is not and why. */
export interface Wish {
  readonly wish: SetUpWish;
  readonly unmatched: readonly {
    readonly profile: ProgramProfile;
    readonly address: string;
    readonly because: Unmatched;
  }[];
  /**
   * Senders who are written to with a key that Thunderbird cannot use: p11-kit's module does not carry what it needs of an elliptic one
   * (docs/decisions/0027).
   */
  readonly elliptic: readonly { readonly profile: ProgramProfile; readonly address: string }[];
  /** Senders whose card does not open what is encrypted for them. */
  readonly unopened: Wish['elliptic'];
  /** CA certificates at the end of a chain that the person has not confirmed now. */
  readonly unconfirmed: readonly { readonly card: CardId; readonly certificate: Certificate }[];
  /** Fingerprints that were confirmed and belong to none. */
  readonly unknown: readonly string[];
}

/** Hexadecimal digits. */
export const fewestDigits = 40;

/** Makes the wish for these programs and cards. `trust`: SHA-256 fingerprints that the person has compared, colons and case as they like. */
export function wishFor(
  profiles: readonly ProgramProfile[],
  cards: readonly CardWithAuthorities[],
  trust: readonly string[],
  now: Date,
): Wish {
  const confirmed = trust.map(bare);
  const all = cards.flatMap(({ card, authorities }) =>
    authorities.map((certificate) => ({ card: card.id, certificate })),
  );
  const isConfirmed = ({ sha256 }: Certificate): boolean => confirmed.some((one) => isOf(one, sha256));
  // Certificates between are of use only under one that is trusted.
  const wanted = all.filter(({ card }) => all.some((one) => one.card === card && isConfirmed(one.certificate)));
  const unmatched: Wish['unmatched'][number][] = [];
  const elliptic: Wish['elliptic'][number][] = [];
  const unopened: Wish['elliptic'][number][] = [];
  const accounts: SetUpWish['accounts'][number][] = [];
  for (const profile of cards.length === 0 ? [] : profiles.filter(isAble)) {
    for (const { id: identity, address } of profile.identities) {
      const found = matchCertificates(
        address,
        cards.map(({ card }) => card),
        now,
      );
      if ('why' in found) {
        unmatched.push({ profile, address, because: found });
        continue;
      }
      const { signing, encryption } = found;
      const chosen = { ...(signing && { signing }), ...(encryption && { encryption }) };
      if (signing || encryption) accounts.push({ profile: profile.id, identity, ...chosen });
      if (found.unopened) unopened.push({ profile, address });
      if (isElliptic(cards, encryption)) elliptic.push({ profile, address });
    }
  }
  return {
    wish: { authorities: wanted.map((one) => authority(one, isConfirmed(one.certificate))), accounts },
    unmatched,
    elliptic,
    unopened,
    unconfirmed: all.filter(({ certificate }) => isRoot(certificate) && !isConfirmed(certificate)),
    // Without a card nobody has looked.
    unknown:
      cards.length === 0
        ? []
        : confirmed.filter((one) => !all.some(({ certificate }) => isOf(one, certificate.sha256))),
  };
}

function authority(
  { card, certificate }: { readonly card: CardId; readonly certificate: Certificate },
  trusted: boolean,
) {
  return { card, id: certificate.id, trusted };
}

function isElliptic(cards: readonly CardWithAuthorities[], wanted: CardCertificate | undefined): boolean {
  const own = cards.find(({ card }) => card.id === wanted?.card)?.card.certificates.find(({ id }) => id === wanted?.id);
  return own?.key.algorithm === 'EC';
}

/** A program that runs can be set up once it is closed. */
function isAble({ bar }: ProgramProfile): boolean {
  return bar === undefined || bar === 'running';
}

/** Ends a chain: only such a one is confirmed by a person. */
export function isRoot({ subject, issuer }: Certificate): boolean {
  return subject === issuer;
}

/** The whole fingerprint, or as much of it as nobody can forge (160 bits, and what a form's box can be named). */
function isOf(confirmed: string, sha256: string): boolean {
  return confirmed.length >= fewestDigits && bare(sha256).startsWith(confirmed);
}

function bare(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-fA-F]/g, '').toLowerCase();
}
