import type { Key } from '../api/cards.js';
import type { CardProfile, ProfileKey } from './profile.js';

/** True when a key is meant for signatures; one of which nothing is told is. */
export function signs({ usage }: ProfileKey): boolean {
  return usage.length === 0 || usage.includes('digitalSignature') || usage.includes('nonRepudiation');
}

/** True when the card deciphers with the key. */
export function deciphers(profile: CardProfile, key: ProfileKey): boolean {
  const meant = key.usage.includes('keyEncipherment') || key.usage.includes('dataEncipherment');
  return key.algorithm === 'RSA' && meant && profile.deciphering !== undefined;
}

/** True when the card makes a shared secret with the key (ECDH). */
export function agreesOn(profile: CardProfile, key: ProfileKey): boolean {
  // A certificate for encryption says so in RSA's words on some cards with elliptic keys (FINEID v4).
  const meant = (['keyAgreement', 'keyEncipherment', 'dataEncipherment'] as const).some((use) =>
    key.usage.includes(use),
  );
  return key.algorithm === 'EC' && profile.agreement !== undefined && meant;
}

/** What can be done with a key of a card: what it is meant for, as far as the card is known to do it. */
export function abilitiesOf(profile: CardProfile, key: ProfileKey): Key['usage'] {
  return [
    ...(signs(key) ? (['sign'] as const) : []),
    ...(deciphers(profile, key) ? (['decrypt'] as const) : []),
    ...(agreesOn(profile, key) ? (['derive'] as const) : []),
  ];
}
