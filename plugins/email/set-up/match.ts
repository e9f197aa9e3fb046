import type { Card, CardCertificate, Certificate } from '@sigill/core';

/** Why no certificate fits an address; days as ISO 8601. */
export type Unmatched =
  | { readonly why: 'address'; readonly addresses: readonly string[] }
  | { readonly why: 'expired'; readonly until: string }
  | { readonly why: 'early'; readonly from: string }
  | { readonly why: 'usage' };

/**
 * The certificates for an address, or why there is none. `unopened`: one is meant for encryption, but its card does not open what is encrypted
 * for it, so it is for signing alone.
 */
export type Matched =
  { readonly signing?: CardCertificate; readonly encryption?: CardCertificate; readonly unopened?: true } | Unmatched;

/**
 * Picks the certificates with which mail from `address` is signed and read. RFC 8550 §3: the address stands in the certificate; RFC 5280
 * §4.2.1.3: its usage allows it. For signing the basic key goes before the one for contracts, which asks for another PIN.
 */
export function matchCertificates(address: string, cards: readonly Card[], now: Date): Matched {
  const all = cards.flatMap((card) => card.certificates.map((certificate) => ({ card: card.id, certificate })));
  const own = all.filter(
    ({ certificate: { key, email } }) => key.pin !== undefined && email.some((one) => same(one, address)),
  );
  const [first] = own;
  if (first === undefined)
    return { why: 'address', addresses: [...new Set(all.flatMap((one) => one.certificate.email))] };
  const valid = own.filter(({ certificate }) => validity(certificate, now) === 'valid');
  if (valid.length === 0) {
    const { notBefore, notAfter } = first.certificate;
    return validity(first.certificate, now) === 'early'
      ? { why: 'early', from: notBefore }
      : { why: 'expired', until: notAfter };
  }
  const pick = (...tests: readonly ((certificate: Certificate) => boolean)[]): CardCertificate | undefined => {
    const found = tests.flatMap((test) => valid.filter(({ certificate }) => test(certificate)))[0];
    return found && { card: found.card, id: found.certificate.id };
  };
  const signing = pick(uses('digitalSignature'), uses('nonRepudiation'));
  const forEncryption = uses('keyEncipherment', 'keyAgreement', 'dataEncipherment');
  const encryption = pick((one) => forEncryption(one) && one.key.decrypts === true);
  const unopened = encryption === undefined && valid.some(({ certificate }) => forEncryption(certificate));
  if (signing === undefined && encryption === undefined && !unopened) return { why: 'usage' };
  return { ...(signing && { signing }), ...(encryption && { encryption }), ...(unopened && { unopened }) };
}

/** Whether a certificate is valid at `now`. */
export function validity({ notBefore, notAfter }: Certificate, now: Date): 'valid' | 'early' | 'expired' {
  if (now < new Date(notBefore)) return 'early';
  return now > new Date(notAfter) ? 'expired' : 'valid';
}

/** A certificate that names no usage may be used for all. */
export function uses(...wanted: Certificate['usage']): (certificate: Certificate) => boolean {
  return ({ usage }) => usage.length === 0 || usage.some((one) => wanted.includes(one));
}

// Programs compare addresses without regard to case, though RFC 5321 §2.4 lets the part before @ differ.
function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
