import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { certificateOf, type NameParts } from './certificate-builder.js';
import { type EcKey, ecKey } from './ec-key.js';
import { authority, authorityKeyIdentifier, authorityUsage, subjectKeyIdentifier } from './extensions.js';
import { pem } from './pem.js';

/** A certificate authority of the simulated cards. */
export interface Authority {
  readonly name: NameParts;
  readonly key: EcKey;
  readonly der: Uint8Array;
  readonly pem: string;
}

export type IssuerName = 'citizen' | 'organisation' | 'siths-person' | 'siths-hsa' | 'siths-type-1' | 'general';

/** The test CA: a root and the authorities below it. */
export interface TestCa {
  readonly root: Authority;
  readonly issuing: Readonly<Record<IssuerName, Authority>>;
}

const issuers: Readonly<Record<IssuerName, NameParts>> = {
  citizen: [
    ['C', 'FI'],
    ['O', 'Sigill'],
    ['OU', 'Simulated cards'],
    ['CN', 'Sigill TEST Citizen Certificates'],
  ],
  organisation: [
    ['C', 'FI'],
    ['O', 'Sigill'],
    ['OU', 'Simulated cards'],
    ['CN', 'Sigill TEST Organisational Certificates'],
  ],
  'siths-person': [
    ['C', 'SE'],
    ['O', 'Sigill'],
    ['CN', 'TEST Sigill e-id Person ID 3 CA'],
  ],
  'siths-hsa': [
    ['C', 'SE'],
    ['O', 'Sigill'],
    ['CN', 'TEST Sigill e-id Person HSA-id 3 CA'],
  ],
  'siths-type-1': [
    ['C', 'SE'],
    ['O', 'Sigill'],
    ['CN', 'TEST Sigill Type 1 CA'],
  ],
  general: [
    ['C', 'FI'],
    ['O', 'Sigill'],
    ['CN', 'Sigill TEST Certificates'],
  ],
};

const rootName: NameParts = [
  ['C', 'FI'],
  ['O', 'Sigill'],
  ['CN', 'Sigill TEST Root CA'],
];

let made: TestCa | undefined;

/** The authority that all simulated cards' certificates come from. Its keys are published: trust it nowhere but in tests. */
export function testCa(): TestCa {
  made ??= make();
  return made;
}

/** A serial number that follows from `label`: 16 bytes, positive, without a leading zero. */
export function serialFor(label: string): Uint8Array {
  const serial = sha256(utf8ToBytes(`serial ${label}`)).slice(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function make(): TestCa {
  const rootKey = ecKey('root CA', 'P-384');
  const root = authorityOf('root CA', rootName, rootKey, rootName, rootKey);
  const issuing = {} as Record<IssuerName, Authority>;
  for (const [label, name] of Object.entries(issuers)) {
    let authority: Authority | undefined;
    // Made when it is asked for: a card needs one of them, and each costs two multiplications on the curve.
    const get = (): Authority =>
      (authority ??= authorityOf(`${label} CA`, name, ecKey(`${label} CA`, 'P-384'), rootName, rootKey, 0));
    Object.defineProperty(issuing, label, { enumerable: true, get });
  }
  return { root, issuing };
}

function authorityOf(
  label: string,
  name: NameParts,
  key: EcKey,
  issuer: NameParts,
  issuerKey: EcKey,
  pathLength?: number,
): Authority {
  const der = certificateOf(
    {
      serial: serialFor(label),
      issuer,
      subject: name,
      notBefore: '2016-01-01T00:00:00Z',
      notAfter: '2049-12-31T23:59:59Z',
      key,
      extensions: [authority(pathLength), authorityUsage, subjectKeyIdentifier(key), authorityKeyIdentifier(issuerKey)],
    },
    issuerKey,
  );
  return { name, key, der, pem: pem('CERTIFICATE', der) };
}
