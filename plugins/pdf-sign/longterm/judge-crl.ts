import {
  type Ber,
  bitsOf,
  type CertificateFacts,
  checkSignature,
  each,
  firstOf,
  inside,
  integerHex,
  isWeakDigest,
  Malformed,
  octetsOf,
  oidOf,
  oids,
  orUndefined,
  partsOf,
  readAlgorithm,
  sameBytes,
  schemeOf,
  timeOf,
  truth,
} from '@sigill/core/cms';
import type { Evidence, EvidenceFault } from './revocation.js';

/**
 * What a CRL says about a certificate (RFC 5280 §5, §6.3): whole ones of the issuer itself, also those for one kind of certificate; no delta and
 * no indirect ones. Its entries are walked through, not kept: lists have a million.
 */
export async function judgeCrl(
  bytes: Uint8Array,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
): Promise<Evidence | EvidenceFault> {
  const list = orUndefined(() => read(firstOf(bytes)));
  if (!list) return { fault: 'no-answer' };
  if (!sameBytes(list.issuer, certificate.issuer.raw)) return { fault: 'other-certificate' };
  const { usage } = issuer.extensions;
  if (usage && !usage.includes('cRLSign')) return { fault: 'responder' };
  const scope = orUndefined(() => isInScope(list.extensions, certificate));
  if (!scope) return { fault: 'scope' };
  const scheme = orUndefined(() => schemeOf(list.algorithm));
  if ((await checkSignature(issuer.key, scheme, list.signature, { data: list.tbs })) !== 'valid') {
    return { fault: 'signature' };
  }
  if (scheme && scheme.digest !== 'SHA-1' && isWeakDigest(scheme.digest)) return { fault: 'weak' };
  const revokedAt = orUndefined(() => ({ time: revocationIn(list.revoked, certificate.serialBytes) }));
  if (!revokedAt) return { fault: 'no-answer' };
  const { time } = revokedAt;
  return {
    kind: 'crl',
    der: list.der,
    status: time === undefined ? 'good' : 'revoked',
    ...(time !== undefined && { revokedAt: time }),
    thisUpdate: list.thisUpdate,
    ...(list.nextUpdate !== undefined && { nextUpdate: list.nextUpdate }),
    producedAt: list.thisUpdate,
  };
}

function read(list: Ber) {
  const outer = partsOf(list);
  const tbs = outer.next(0x30);
  const algorithm = readAlgorithm(outer.next(0x30));
  const signature = bitsOf(outer.next());
  const parts = partsOf(tbs);
  parts.maybe(0x02);
  parts.next(0x30);
  const issuer = parts.next(0x30).raw;
  const thisUpdate = timeOf(parts.next());
  const next = parts.maybe(0x17, 0x18);
  const revoked = parts.maybe(0x30)?.value ?? new Uint8Array();
  const extensions = parts.maybe(0xa0);
  return {
    der: list.raw,
    tbs: tbs.raw,
    algorithm,
    signature,
    issuer,
    thisUpdate,
    nextUpdate: next && timeOf(next),
    revoked,
    extensions: extensions ? inside(firstOf(extensions.value), 0x30) : [],
  };
}

function isInScope(extensions: readonly Ber[], { extensions: { ca } }: CertificateFacts): boolean {
  return extensions.every((extension) => {
    const parts = partsOf(extension);
    const id = oidOf(parts.next());
    const critical = truth(parts.maybe(0x01));
    if (id === oids.crlDelta) return false;
    if (id !== oids.crlIssuingPoint) return !critical;
    // [1] onlyContainsUserCerts, [2] onlyContainsCACerts, [3] onlySomeReasons, [4] indirect, [5] onlyContainsAttributeCerts.
    const said = inside(firstOf(octetsOf(parts.next())), 0x30);
    return said.every(({ tag, value }) => {
      const set = value[0] !== 0;
      return (
        tag === 0xa0 || (tag === 0x81 && (!set || !ca)) || (tag === 0x82 && (!set || ca)) || (tag !== 0x83 && !set)
      );
    });
  });
}

function revocationIn(entries: Uint8Array, serial: Uint8Array): number | undefined {
  const wanted = integerHex({ tag: 0x02, raw: serial, value: serial });
  for (const entry of each(entries)) {
    const number = firstOf(entry.value);
    if (number.tag !== 0x02) throw new Malformed('entry');
    // Lengths first: making text of a million numbers takes a second.
    if (Math.abs(number.value.length - serial.length) > 1 || number.value.at(-1) !== serial.at(-1)) continue;
    if (integerHex(number) === wanted) return timeOf(firstOf(entry.value, number.raw.length));
  }
  return undefined;
}
