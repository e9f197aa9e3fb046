import {
  type CertificateFacts,
  each,
  firstOf,
  inside,
  octetsOf,
  oidOf,
  oids,
  orUndefined,
  partsOf,
  textOf,
} from '@sigill/core/cms';

const emailAddress = '1.2.840.113549.1.9.1';
const most = 100;

/** The mail addresses of a certificate (RFC 8550 §3): the alternative names, then an old one in the subject. */
export function addressesOf(certificate: CertificateFacts): readonly string[] {
  const found = [
    ...(orUndefined(() => alternativeNames(certificate.tbs)) ?? []),
    ...(orUndefined(() => subjectAddresses(certificate.subject.raw)) ?? []),
  ];
  return [...new Set(found.filter(isAddress))].slice(0, most);
}

/** True for two spellings of one address: nobody tells mailboxes apart by their case (RFC 8550 §3 asks it of the domain alone). */
export const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * The addresses of a From or Sender field (RFC 5322 §3.4), names, comments and groups left out. What an attacker writes in a name or a comment
 * is no address.
 */
export function addressesIn(field: string): readonly string[] {
  const bare = field.replaceAll(/"(?:[^"\\]|\\.)*"(?!@)/g, ' ');
  return withoutComments(bare)
    .split(',')
    .map((one) => (/<([^<>]*)>\s*;?\s*$/.exec(one)?.[1] ?? one.replace(/^[^:<>]*:/, '').replace(/;\s*$/, '')).trim())
    .filter(isAddress);
}

function withoutComments(text: string): string {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}

const isAddress = (text: string): boolean => text.length <= 320 && /^[^\s@<>,;:]+@[^\s@<>,;:]+$/.test(text);

function alternativeNames(tbs: Uint8Array): string[] {
  const extensions = inside(firstOf(tbs), 0x30).find(({ tag }) => tag === 0xa3);
  const names = extensions && inside(firstOf(extensions.value), 0x30).map((one) => partsOf(one));
  for (const parts of names ?? []) {
    if (oidOf(parts.next()) !== oids.subjectAltName) continue;
    parts.maybe(0x01);
    const list = inside(firstOf(octetsOf(parts.next())), 0x30);
    return list.filter(({ tag }) => tag === 0x81).map(({ value }) => textOf({ tag: 0x16, raw: value, value }));
  }
  return [];
}

function subjectAddresses(name: Uint8Array): string[] {
  return inside(firstOf(name), 0x30)
    .flatMap((set) => [...each(set.value)])
    .map((one) => partsOf(one))
    .flatMap((parts) => (oidOf(parts.next()) === emailAddress ? [textOf(parts.next())] : []));
}
