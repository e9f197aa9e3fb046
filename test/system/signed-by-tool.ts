import { randomBytes } from 'node:crypto';
import type { CardDesk } from './card-desk.js';
import { digest } from './programs-beside.js';

/** A key on a card in the desk. */
export interface KeyAt {
  /** The token's label. */
  readonly token: string;
  readonly id: string;
}

/** A mechanism, and the hash of what is signed: the mechanism's own, or made before it. */
export interface SigningWith {
  readonly mechanism: string;
  readonly hash: string;
}

// RFC 8017 §9.2, note 1: what stands before a digest of SHA-256.
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/**
 * Has pkcs11-tool sign and check its own signature through the token, then openssl check it with the certificate's key.
 * Rejects when one of the three does not end well; gives what openssl said.
 */
export async function signedByTool(desk: CardDesk, key: KeyAt, { mechanism, hash }: SigningWith): Promise<string> {
  const data = randomBytes(100);
  const input = desk.file('input', inputOf(mechanism, hash, data));
  // Without a hash of its own, PSS is told which one the input was made with.
  const pss = mechanism === 'RSA-PKCS-PSS' ? pssOf(hash) : [];
  const named = ['--token-label', key.token, '--id', key.id, '-m', mechanism, ...pss, '-i', input];
  const signature = desk.file('signature');
  const der = mechanism.startsWith('EC') ? ['--signature-format', 'openssl'] : [];
  await tool(desk, '--login', '--sign', ...named, ...der, '-o', signature);
  const checked = await tool(desk, '--verify', ...named, ...der, '--signature-file', signature);
  if (!checked.includes('Signature is valid')) throw new Error(`${mechanism}: ${checked}`);
  const padding = mechanism.endsWith('PSS') ? ['-sigopt', 'rsa_padding_mode:pss'] : [];
  const verify = [`-${hash.toLowerCase()}`, '-verify', await publicKey(desk, key), ...padding];
  return await desk.well('openssl', 'dgst', ...verify, '-signature', signature, desk.file('data', data));
}

/** What pkcs11-tool is told for PSS and OAEP; it writes the name of SHA-1 as mechanisms have it. */
export const pssOf = (hash: string): readonly string[] => [
  ...['--hash-algorithm', hash === 'SHA1' ? 'SHA-1' : hash, '--mgf', `MGF1-${hash}`],
];

function inputOf(mechanism: string, hash: string, data: Uint8Array): Uint8Array {
  if (mechanism.includes(hash)) return data;
  const digested = digest(hash, data);
  return mechanism === 'RSA-PKCS' ? Buffer.concat([sha256Info, digested]) : digested;
}

/** The key of a certificate as a file for openssl. */
export async function publicKey(desk: CardDesk, { token, id }: KeyAt): Promise<string> {
  const der = desk.file('certificate.der');
  await tool(desk, '--token-label', token, '--read-object', '--type', 'cert', '--id', id, '-o', der);
  const pem = await desk.well('openssl', 'x509', '-inform', 'der', '-in', der, '-pubkey', '-noout');
  return desk.file('key.pem', pem);
}

/** pkcs11-tool, when it ended well. */
export async function tool(desk: CardDesk, ...args: readonly string[]): Promise<string> {
  const { exit, text } = await desk.tool(...args);
  if (exit !== 0) throw new Error(`pkcs11-tool ${args.join(' ')} ended with ${exit}: ${text}`);
  return text;
}
