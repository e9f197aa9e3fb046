import {
  type Ber,
  type DigestName,
  digestNamed,
  firstOf,
  integerHex,
  Malformed,
  octetsOf,
  oidOf,
  oids,
  orUndefined,
  partsOf,
  readAlgorithm,
  readSignedData,
  type SignedDataFacts,
  timeOf,
} from '@sigill/core/cms';

/** An RFC 3161 token: its TSTInfo, and the signature around it. */
export interface TimestampToken {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Undefined for a digest that is not known. */
  readonly digestAlgorithm?: DigestName;
  readonly digest: Uint8Array;
  /** Hex, as `integerHex` gives. */
  readonly nonce?: string;
  readonly policy: string;
  readonly signedData: SignedDataFacts;
}

/** Reads a token, whole DER or BER; undefined when it is none. */
export function readToken(bytes: Uint8Array): TimestampToken | undefined {
  const signedData = readSignedData(bytes);
  const { content, contentType } = signedData ?? {};
  if (!signedData || !content || contentType !== oids.tstInfo) return undefined;
  return orUndefined(() => ({ ...readInfo(firstOf(content)), signedData }));
}

// TSTInfo (RFC 3161 §2.4.2).
function readInfo(info: Ber): Omit<TimestampToken, 'signedData'> {
  const parts = partsOf(info);
  parts.next(0x02);
  const policy = oidOf(parts.next());
  const imprint = partsOf(parts.next(0x30));
  const digestAlgorithm = digestNamed(readAlgorithm(imprint.next(0x30)));
  const digest = octetsOf(imprint.next());
  parts.next(0x02);
  const time = parts.next();
  if (time.tag !== 0x18) throw new Malformed('time');
  // accuracy, ordering, then the nonce.
  parts.maybe(0x30);
  parts.maybe(0x01);
  const nonce = parts.maybe(0x02);
  return {
    time: timeOf(time),
    digest,
    policy,
    ...(digestAlgorithm && { digestAlgorithm }),
    ...(nonce && { nonce: integerHex(nonce) }),
  };
}
