import type { CardCertificate, SetUpWish } from '@sigill/core';
import type { Authority } from './authorities.js';
import type { FoundProfile } from './found-profile.js';
import type { ProfileWish } from './plan-profile.js';

/** A wish with the certificates that it names, DER. */
export interface WishedCertificates {
  readonly authorities: readonly Authority[];
  /** What of it is for one profile. */
  accounts(of: FoundProfile): ProfileWish['accounts'];
}

/** Reads the certificates of a wish. Fails as `certificate` does. */
export async function wishedCertificates(
  { authorities, accounts }: SetUpWish,
  certificate: (which: CardCertificate) => Promise<Uint8Array>,
): Promise<WishedCertificates> {
  const der = async (which: CardCertificate | undefined) => which && (await certificate(which));
  const read = await Promise.all(
    accounts.map(async ({ profile, identity, signing, encryption }) => {
      const [sign, decrypt] = await Promise.all([der(signing), der(encryption)]);
      return { profile, identity, ...(sign && { signing: sign }), ...(decrypt && { encryption: decrypt }) };
    }),
  );
  return {
    authorities: await Promise.all(
      authorities.map(async (one) => ({ der: await certificate(one), trusted: one.trusted })),
    ),
    accounts: ({ id }) => read.filter(({ profile }) => profile === id),
  };
}
