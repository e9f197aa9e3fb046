import { createHash, X509Certificate } from 'node:crypto';
import { type Card, inLanguage } from '@sigill/core';
import { agreesOn, type CardProfile, deciphers, fromHex, signs } from '@sigill/core/card';
import type { AttributeValue } from './attribute.js';
import type { CardContents, StoredCertificate } from './card-contents.js';
import { type CertificateParts, certificateParts, type KeyMaterial, keyMaterial } from './certificate-parts.js';
import { CKA, CKK, CKO } from './constants.js';
import type { Slot, Token } from './slots.js';
import type { TokenObject } from './token-object.js';

/** CKA_CERTIFICATE_CATEGORY: whose certificate it is. */
const category = { holder: 1, authority: 2 } as const;

type Entries = readonly (readonly [number, AttributeValue])[];

/**
 * The objects of a token: its certificates and public keys, the private keys behind its PIN, and on a card's first token the
 * authorities' certificates. Keys stand behind the PIN of the token; what the computer cannot read is left out.
 */
export function tokenObjects(slot: Slot, token: Token, contents: CardContents): readonly TokenObject[] {
  const { card, pin } = token;
  const first = slot.index === 0;
  const own = contents.certificates.filter(({ key }) => (key === undefined ? first : key.pin === pin?.id));
  const authorities = first ? contents.authorities : [];
  return [
    ...own.flatMap((stored) => ofCertificate(card, stored, contents.profile)),
    ...authorities.flatMap(({ der }) => {
      const parts = certificateParts(der);
      const id = Uint8Array.from(createHash('sha1').update(der).digest());
      return parts ? [certificate(der, parts, { label: commonName(der), id, category: category.authority })] : [];
    }),
  ];
}

function ofCertificate(card: Card, { id, der, key }: StoredCertificate, profile: CardProfile): readonly TokenObject[] {
  const parts = certificateParts(der);
  if (!parts) return [];
  const known = card.certificates.find((one) => one.id === id);
  const label = known ? inLanguage(known.label, 'en') : id;
  const names = { label, id: idOf(key?.id ?? id) };
  const shown = certificate(der, parts, { ...names, category: category.holder });
  if (!key || !['rsa', 'ec'].includes(parts.publicKey.asymmetricKeyType ?? '')) return [shown];
  const material = keyMaterial(parts);
  const common = keyEntries(parts, material, names);
  const decrypts = deciphers(profile, key);
  return [
    shown,
    {
      class: CKO.PUBLIC_KEY,
      private: false,
      publicKey: parts.publicKey,
      material,
      attributes: new Map<number, AttributeValue>([
        ...common,
        [CKA.CLASS, CKO.PUBLIC_KEY],
        [CKA.PRIVATE, false],
        [CKA.VERIFY, signs(key)],
        [CKA.VERIFY_RECOVER, false],
        [CKA.ENCRYPT, decrypts],
        [CKA.WRAP, decrypts],
      ]),
    },
    {
      class: CKO.PRIVATE_KEY,
      private: true,
      publicKey: parts.publicKey,
      material,
      key,
      attributes: new Map<number, AttributeValue>([
        ...common,
        [CKA.CLASS, CKO.PRIVATE_KEY],
        [CKA.PRIVATE, true],
        [CKA.SENSITIVE, true],
        [CKA.ALWAYS_SENSITIVE, true],
        [CKA.EXTRACTABLE, false],
        [CKA.NEVER_EXTRACTABLE, true],
        [CKA.SIGN, signs(key)],
        [CKA.SIGN_RECOVER, false],
        [CKA.DECRYPT, decrypts],
        [CKA.UNWRAP, decrypts],
        [CKA.DERIVE, agreesOn(profile, key)],
        [CKA.ALWAYS_AUTHENTICATE, key.userConsent],
        [CKA.WRAP_WITH_TRUSTED, false],
      ]),
    },
  ];
}

interface Names {
  readonly label: string;
  readonly id: Uint8Array;
}

function certificate(der: Uint8Array, parts: CertificateParts, names: Names & { category: number }): TokenObject {
  const x509 = new X509Certificate(der);
  const attributes: Entries = [
    ...stored(names),
    [CKA.CLASS, CKO.CERTIFICATE],
    [CKA.PRIVATE, false],
    [CKA.CERTIFICATE_TYPE, 0],
    [CKA.CERTIFICATE_CATEGORY, names.category],
    [CKA.JAVA_MIDP_SECURITY_DOMAIN, 0],
    // Trust is not the card's to give.
    [CKA.TRUSTED, false],
    [CKA.SUBJECT, parts.subject],
    [CKA.ISSUER, parts.issuer],
    [CKA.SERIAL_NUMBER, parts.serialNumber],
    [CKA.VALUE, der],
    [CKA.START_DATE, date(x509.validFrom)],
    [CKA.END_DATE, date(x509.validTo)],
    [CKA.PUBLIC_KEY_INFO, parts.publicKeyInfo],
  ];
  return { class: CKO.CERTIFICATE, private: false, attributes: new Map(attributes) };
}

function keyEntries({ subject, publicKeyInfo }: CertificateParts, material: KeyMaterial, names: Names): Entries {
  const shared: Entries = [
    ...stored(names),
    [CKA.SUBJECT, subject],
    [CKA.PUBLIC_KEY_INFO, publicKeyInfo],
    [CKA.LOCAL, false],
    [CKA.DERIVE, false],
    [CKA.START_DATE, new Uint8Array()],
    [CKA.END_DATE, new Uint8Array()],
  ];
  if (material.kind === 'EC') {
    return [...shared, [CKA.KEY_TYPE, CKK.EC], [CKA.EC_PARAMS, material.params], [CKA.EC_POINT, material.point]];
  }
  const { modulus, exponent } = material;
  return [
    ...shared,
    [CKA.KEY_TYPE, CKK.RSA],
    [CKA.MODULUS, modulus],
    [CKA.MODULUS_BITS, modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24],
    [CKA.PUBLIC_EXPONENT, exponent],
  ];
}

const stored = ({ label, id }: Names): Entries => [
  [CKA.TOKEN, true],
  [CKA.MODIFIABLE, false],
  [CKA.COPYABLE, false],
  [CKA.DESTROYABLE, false],
  [CKA.LABEL, new TextEncoder().encode(label)],
  [CKA.ID, id],
];

/** The card's own id of a key, which its certificate has too; one that is not hex is taken as text. */
function idOf(id: string): Uint8Array {
  return /^([0-9a-f]{2})+$/i.test(id) ? fromHex(id) : new TextEncoder().encode(id);
}

/** CK_DATE: year, month and day in eight digits. */
const date = (text: string): Uint8Array =>
  new TextEncoder().encode(new Date(text).toISOString().slice(0, 10).replaceAll('-', ''));

function commonName(der: Uint8Array): string {
  const lines = new X509Certificate(der).subject.split('\n');
  return (lines.find((line) => line.startsWith('CN=')) ?? lines.at(-1) ?? '').replace(/^\w+=/, '');
}
