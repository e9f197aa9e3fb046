import {
  type Anchor,
  type CertificateFacts,
  checkSignature,
  checkSigner,
  digestOf,
  isWeakSigner,
  oids,
  onlyValue,
  orUndefined,
  schemeOf,
  type SignedDataFacts,
  type SignerCheck,
  type SignerFacts,
  timeOf,
} from '@sigill/core/cms';
import { addressesOf, sameAddress } from '../addresses.js';
import { canonical } from '../mime/canonical.js';
import { capabilitiesOf } from './capabilities.js';
import { type ChainVerdict, judgeChain } from './judge-chain.js';

/** What one signer of a mail has shown. */
export interface MailSignerCheck {
  /** `valid`: this key signed exactly these bytes; whose key it is, `chain` and `from` say. */
  readonly signature: 'valid' | 'changed' | 'invalid' | 'unknown' | 'no-certificate';
  readonly certificate?: CertificateFacts;
  readonly addresses: readonly string[];
  readonly chain?: ChainVerdict;
  /** Whether the mail's From is among the certificate's addresses (RFC 8550 §3). */
  readonly from: 'same' | 'differs' | 'no-address';
  /** What the signer says; milliseconds since 1970. */
  readonly time?: number;
  /** What the signer's program can do, as in `capabilitiesOf`. */
  readonly capabilities?: readonly string[];
  /** Made with MD5 or SHA-1. */
  readonly weak: boolean;
}

/** What signatures are judged by. */
export interface Judgement {
  readonly anchors: readonly Anchor[];
  /** Addresses in From. */
  readonly from: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

const mostSigners = 16;

/** Checks every signer of a signed part; more than 16 are as good as none. */
export async function checkSigners(
  content: Uint8Array,
  signed: SignedDataFacts,
  judgement: Judgement,
): Promise<readonly MailSignerCheck[]> {
  const found: MailSignerCheck[] = [];
  for (const signer of signed.signers.slice(0, mostSigners + 1)) {
    if (found.length === mostSigners) return [];
    found.push(await judge(signer, await checkBytes(signer, signed, content), signed, judgement));
  }
  return found;
}

// As it stands, then as it was before a file was kept with other line ends.
async function checkBytes(signer: SignerFacts, signed: SignedDataFacts, content: Uint8Array): Promise<SignerCheck> {
  const first = await checkOnce(signer, signed, content);
  if (first.kind !== 'checked' || (first.content && first.signature === 'valid')) return first;
  const lines = canonical(content);
  return lines === content ? first : await checkOnce(signer, signed, lines);
}

async function checkOnce(signer: SignerFacts, signed: SignedDataFacts, content: Uint8Array): Promise<SignerCheck> {
  const check = await checkSigner(signer, signed.contentType, signed.certificates, async (name) =>
    digestOf(name, content),
  );
  if (signer.signed || check.kind !== 'checked') return check;
  // Attributes of another mail (tag 31), given out as the content, would have a valid signature.
  if (content[0] === 0x31) return { ...check, signature: 'invalid' };
  // Without attributes the value is over the content itself; ECDSA is checked from data alone.
  const scheme = orUndefined(() => schemeOf(signer.algorithm, check.digest));
  return { ...check, signature: await checkSignature(check.certificate.key, scheme, signer.value, { data: content }) };
}

async function judge(
  signer: SignerFacts,
  check: SignerCheck,
  { certificates }: SignedDataFacts,
  { anchors, from, at }: Judgement,
): Promise<MailSignerCheck> {
  const said = onlyValue(signer.signed, oids.signingTime);
  const time = said && orUndefined(() => timeOf(said));
  const capabilities = capabilitiesOf(signer);
  const certificate = check.kind === 'no-certificate' ? undefined : check.certificate;
  const addresses = certificate ? addressesOf(certificate) : [];
  const same = from.some((one) => addresses.some((other) => sameAddress(one, other)));
  return {
    signature: stateOf(check),
    ...(certificate && { certificate, chain: await judgeChain(certificate, 'sign', anchors, certificates, at) }),
    addresses,
    from: same ? 'same' : addresses.length > 0 ? 'differs' : 'no-address',
    ...(time !== undefined && { time }),
    ...(capabilities && { capabilities }),
    weak: isWeakSigner(check),
  };
}

function stateOf(check: SignerCheck): MailSignerCheck['signature'] {
  if (check.kind === 'no-certificate') return 'no-certificate';
  if (check.kind === 'unknown-algorithm') return 'unknown';
  if (!check.content) return 'changed';
  if (!check.wellFormed || check.binding === 'wrong') return 'invalid';
  return check.signature;
}
