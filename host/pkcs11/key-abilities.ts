import type { CardProfile, ProfileKey } from '@sigill/core/card';

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
