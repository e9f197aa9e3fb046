import { addressesOf, sameAddress } from './addresses.js';
import { type CertificateFacts, readCertificate, readSignedData } from '@sigill/core/cms';
import { checkMail } from './check-mail.js';
import { isMailCurve } from './envelope/key-agreement.js';
import { layerOf } from './layer.js';
import { MailError } from './mail-error.js';
import { toText } from './mime/text-bytes.js';
import { fromBase64 } from './mime/transfer.js';
import { toBytes } from './mime/text-bytes.js';
import { withoutPostmark } from './mime/wrap.js';
import { isFit } from './signature/judge-chain.js';

/** Where certificates of people are found by their address: an LDAP directory, a register of the issuer's. */
export interface CertificateDirectory {
  /** DER of the certificates of an address; none when it is not known. */
  find(address: string): Promise<readonly Uint8Array[]>;
}

/** What a file says of people that mail can be encrypted for. */
export interface RecipientFile {
  readonly certificates: readonly CertificateFacts[];
  /** What the program of the sender of a signed mail can do, and when it said so (milliseconds since 1970). */
  readonly program?: {
    readonly addresses: readonly string[];
    readonly capabilities: readonly string[];
    readonly time: number;
  };
}

const most = 100;

/**
 * The certificates in a file: PEM, DER, a bundle (.p7b, .p7c), or a signed mail, whose own signature must be sound and of the sender's address.
 * Fails with `no-certificate-in`.
 */
export async function recipientsIn(file: Uint8Array, at: number): Promise<RecipientFile> {
  const found = [...fromPem(file), ...fromDer(file)];
  const { ders, program } = found.length > 0 ? { ders: found } : await fromMail(file, at);
  const certificates = ders.slice(0, most).flatMap((der) => readCertificate(der) ?? []);
  if (certificates.length === 0) throw new MailError('no-certificate-in');
  return { certificates, ...(program && { program }) };
}

/** The certificates alone. Fails as `recipientsIn` does. */
export const certificatesIn = async (file: Uint8Array, at: number): Promise<readonly CertificateFacts[]> =>
  (await recipientsIn(file, at)).certificates;

/** What the program of a certificate's holder can do, as the newest of their mails has it; undefined when none says. */
export function capabilitiesFor(
  certificate: CertificateFacts,
  files: readonly RecipientFile[],
): readonly string[] | undefined {
  const own = addressesOf(certificate);
  return files
    .flatMap(({ program }) => program ?? [])
    .filter(({ addresses }) => addresses.some((one) => own.some((other) => sameAddress(one, other))))
    .toSorted((one, other) => other.time - one.time)[0]?.capabilities;
}

/**
 * The certificate to encrypt to: meant for it, valid at `at`, with the address where one is given; of several the one that was issued last.
 * Undefined when none is.
 */
export function recipientAmong(
  certificates: readonly CertificateFacts[],
  at: number,
  address?: string,
): CertificateFacts | undefined {
  return certificates
    .filter((one) => isEncryptable(one) && at >= one.notBefore && at <= one.notAfter)
    .filter((one) => address === undefined || addressesOf(one).some((has) => sameAddress(has, address)))
    .toSorted((one, other) => other.notBefore - one.notBefore)[0];
}

/** True when mail can be encrypted to a certificate: a person's, for this use, with a key of a known kind. */
export function isEncryptable(certificate: CertificateFacts): boolean {
  const { key, extensions } = certificate;
  const known = key.kind === 'rsa' || (key.kind === 'ec' && isMailCurve(key.curve));
  return known && !extensions.ca && isFit(certificate, 'encrypt');
}

function fromPem(file: Uint8Array): Uint8Array[] {
  const text = toText(file.subarray(0, 1_048_576));
  const blocks = text.matchAll(/-----BEGIN (CERTIFICATE|PKCS7|CMS)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g);
  return [...blocks].slice(0, most).flatMap(([, kind, body = '']) => {
    const der = fromBase64(toBytes(body));
    return kind === 'CERTIFICATE' ? [der] : [...(readSignedData(der)?.certificates ?? [])];
  });
}

const fromDer = (file: Uint8Array): readonly Uint8Array[] =>
  file[0] !== 0x30 ? [] : readCertificate(file) ? [file] : (readSignedData(file)?.certificates ?? []);

async function fromMail(
  file: Uint8Array,
  at: number,
): Promise<{ readonly ders: readonly Uint8Array[] } & Pick<RecipientFile, 'program'>> {
  const layer = layerOf(withoutPostmark(file));
  if (layer.kind !== 'signed') return { ders: [] };
  const { layers } = await checkMail(file, { anchors: [], at });
  const [outermost] = layers;
  const signers = outermost?.kind === 'signed' ? outermost.signers : [];
  // A certificate of a stranger in another's mail must not become the one that mail to the other is encrypted with.
  const sound = signers.length > 0 && signers.every(({ signature, from }) => signature === 'valid' && from === 'same');
  if (!sound) return { ders: [] };
  const telling = signers.find(({ capabilities }) => capabilities);
  const { addresses = [], capabilities, time = 0 } = telling ?? {};
  return { ders: layer.signed.certificates, ...(capabilities && { program: { addresses, capabilities, time } }) };
}
