import {
  type AlgorithmId,
  type Ber,
  bitsOf,
  each,
  firstOf,
  inside,
  integerHex,
  octetsOf,
  oidOf,
  oids,
  orUndefined,
  partsOf,
  readAlgorithm,
  timeOf,
} from '@sigill/core/cms';

/** One certificate's state in an OCSP response (RFC 6960 §4.2.1). */
export interface OcspEntry {
  readonly hash: AlgorithmId;
  readonly issuerName: Uint8Array;
  readonly issuerKey: Uint8Array;
  readonly serial: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970, as all times here. */
  readonly revokedAt?: number;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

/** A successful basic response. */
export interface OcspResponse {
  /** Whole OCSPResponse, DER. */
  readonly der: Uint8Array;
  readonly responder: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: number;
  readonly entries: readonly OcspEntry[];
  readonly nonce?: Uint8Array;
  /** Raw DER. */
  readonly certificates: readonly Uint8Array[];
  readonly tbs: Uint8Array;
  readonly algorithm: AlgorithmId;
  readonly signature: Uint8Array;
}

/** Reads an OCSPResponse; undefined when it is none, or one that says that the request failed. */
export function readOcsp(bytes: Uint8Array): OcspResponse | undefined {
  return orUndefined(() => {
    const der = firstOf(bytes);
    const outer = partsOf(der);
    const status = outer.next(0x0a);
    const wrapped = outer.maybe(0xa0);
    if (status.value.length !== 1 || status.value[0] !== 0 || !wrapped) return undefined;
    const body = partsOf(firstOf(wrapped.value));
    if (oidOf(body.next()) !== oids.ocspBasic) return undefined;
    return { der: der.raw, ...readBasic(firstOf(octetsOf(body.next()))) };
  });
}

function readBasic(response: Ber): Omit<OcspResponse, 'der'> {
  const parts = partsOf(response);
  const tbs = parts.next(0x30);
  const algorithm = readAlgorithm(parts.next(0x30));
  const signature = bitsOf(parts.next());
  const certificates = parts.maybe(0xa0);
  const data = partsOf(tbs);
  data.maybe(0xa0);
  const byName = data.maybe(0xa1);
  const responder = byName
    ? { name: firstOf(byName.value).raw }
    : { keyHash: octetsOf(firstOf(data.next(0xa2).value)) };
  const producedAt = timeOf(data.next());
  const entries = inside(data.next(), 0x30).map(readEntry);
  const extensions = data.maybe(0xa1);
  const nonce = extensions && nonceOf(firstOf(extensions.value));
  return {
    responder,
    producedAt,
    entries,
    ...(nonce && { nonce }),
    certificates: certificates ? inside(firstOf(certificates.value), 0x30).map(({ raw }) => raw) : [],
    tbs: tbs.raw,
    algorithm,
    signature,
  };
}

function readEntry(entry: Ber): OcspEntry {
  const parts = partsOf(entry);
  const id = partsOf(parts.next());
  const hash = readAlgorithm(id.next(0x30));
  const [issuerName, issuerKey, serial] = [octetsOf(id.next()), octetsOf(id.next()), integerHex(id.next())];
  const status = parts.next();
  const revoked = status.tag === 0xa1 ? [...each(status.value)][0] : undefined;
  const thisUpdate = timeOf(parts.next());
  const next = parts.maybe(0xa0);
  return {
    hash,
    issuerName,
    issuerKey,
    serial,
    status: status.tag === 0x80 ? 'good' : revoked ? 'revoked' : 'unknown',
    ...(revoked && { revokedAt: timeOf(revoked) }),
    thisUpdate,
    ...(next && { nextUpdate: timeOf(firstOf(next.value)) }),
  };
}

function nonceOf(extensions: Ber): Uint8Array | undefined {
  const found = inside(extensions, 0x30).find((extension) => oidOf(partsOf(extension).next()) === oids.ocspNonce);
  const value = found && inside(found, 0x30).at(-1);
  // Some responders leave out the inner OCTET STRING.
  return value && (orUndefined(() => octetsOf(firstOf(octetsOf(value)))) ?? octetsOf(value));
}
