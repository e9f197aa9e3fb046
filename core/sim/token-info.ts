import { fromHex } from '../card/bytes.js';
import { bits, context, integer, nothing, objectIdentifier, octets, sequence, utf8 } from './der.js';

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  mgf1: '1.2.840.113549.1.1.8',
  pss: '1.2.840.113549.1.1.10',
  rsa256: '1.2.840.113549.1.1.11',
  rsa384: '1.2.840.113549.1.1.12',
  rsa512: '1.2.840.113549.1.1.13',
  ec256: '1.2.840.10045.4.3.2',
  ec384: '1.2.840.10045.4.3.3',
  ec512: '1.2.840.10045.4.3.4',
} as const;

/** PKCS#11 mechanism numbers, as ISO 7816-15 §8.10 wants them. */
const mechanism = { rsaPkcs: 0x01, pss: 0x0d, ecdsa: 0x1041 };

type Hash = 'sha256' | 'sha384' | 'sha512';

/** EF.CIAInfo 5032 (ISO 7816-15 §8.10). `serial` is the OCTET STRING's bytes. */
export function tokenInfo(facts: {
  readonly serial: Uint8Array;
  readonly manufacturer: string;
  readonly label: string;
  readonly algorithms: readonly Uint8Array[];
}): Uint8Array {
  const readOnly = 0;
  const loginRequired = 1;
  const prnGeneration = 2;
  return sequence(
    integer(0),
    octets(facts.serial),
    utf8(facts.manufacturer),
    labelOf(facts.label),
    bits(readOnly, loginRequired, prnGeneration),
    ...(facts.algorithms.length > 0 ? [context(2, ...facts.algorithms)] : []),
  );
}

/** What FINEID's chips say they can: PKCS#1, PSS with its parameters in a SEQUENCE (cards.md §1.4), ECDSA. */
export function fineidAlgorithms(): Uint8Array[] {
  return [
    ...plainAlgorithms(),
    algorithm(4, mechanism.pss, pssParameters('sha256', 32), oids.pss, 0x45),
    algorithm(5, mechanism.pss, pssParameters('sha384', 48), oids.pss, 0x55),
    algorithm(6, mechanism.pss, pssParameters('sha512', 64), oids.pss, 0x65),
    algorithm(7, mechanism.ecdsa, nothing(), oids.ec256, 0x44),
    algorithm(8, mechanism.ecdsa, nothing(), oids.ec384, 0x54),
    algorithm(9, mechanism.ecdsa, nothing(), oids.ec512, 0x64),
  ];
}

/** RSA with PKCS#1 padding, in a form that every reader of ISO 7816-15 takes. */
export function plainAlgorithms(): Uint8Array[] {
  return [
    algorithm(1, mechanism.rsaPkcs, nothing(), oids.rsa256, 0x42),
    algorithm(2, mechanism.rsaPkcs, nothing(), oids.rsa384, 0x52),
    algorithm(3, mechanism.rsaPkcs, nothing(), oids.rsa512, 0x62),
  ];
}

/** AlgorithmInfo (ISO 7816-15 §8.10): reference, PKCS#11 mechanism, parameters, computes signatures, identifier, the card's byte. */
function algorithm(reference: number, number: number, parameters: Uint8Array, oid: string, byte: number): Uint8Array {
  return sequence(integer(reference), integer(number), parameters, bits(1), objectIdentifier(oid), integer(byte));
}

/** RSASSA-PSS-params (RFC 8017 §A.2.3). */
function pssParameters(hash: Hash, salt: number): Uint8Array {
  const algorithm = sequence(objectIdentifier(oids[hash]), fromHex('0500'));
  return sequence(
    context(0, algorithm),
    context(1, sequence(objectIdentifier(oids.mgf1), algorithm)),
    context(2, integer(salt)),
  );
}

function labelOf(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return Uint8Array.of(0x80, bytes.length, ...bytes);
}
