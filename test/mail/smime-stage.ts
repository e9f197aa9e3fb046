import { execFileSync } from 'node:child_process';
import {
  constants,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
} from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p256, p384 } from '@noble/curves/nist.js';
import type { SignatureAlgorithm } from '@sigill/core';
import { type CertificateFacts, readCertificate } from '@sigill/core/cms';
import type { OwnKey } from '../../plugins/email/smime/envelope/open-envelope.js';
import type { MailSigner } from '../../plugins/email/smime/signature/mail-signature.js';

export type KeyKind = 'rsa' | 'P-256' | 'P-384';

/** Somebody with a key and a certificate of the stage's authority. */
export interface Person {
  /** Paths of PEM files. */
  readonly key: string;
  readonly certificate: string;
  readonly facts: CertificateFacts;
  readonly signer: MailSigner;
  readonly own: OwnKey;
}

/** A folder with an authority; openssl makes and checks. */
export class SmimeStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'sigill-smime-'));
  readonly authority: CertificateFacts;
  #count = 0;

  constructor() {
    this.openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key'],
      ...['-out', 'ca.pem', '-days', '3650', '-subj', '/CN=Test CA/O=Sigill'],
      ...['-addext', 'keyUsage=critical,keyCertSign'],
    );
    this.authority = this.facts('ca.pem');
  }

  /** What openssl prints, in the folder. Throws with what it complains of. */
  openssl(...args: readonly string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  write(name: string, bytes: Uint8Array | string): string {
    writeFileSync(join(this.folder, name), bytes);
    return name;
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.folder, name)));
  }

  facts(pem: string): CertificateFacts {
    const der = this.openssl('x509', '-in', pem, '-outform', 'DER');
    const facts = readCertificate(new Uint8Array(der));
    if (!facts) throw new Error(pem);
    return facts;
  }

  /** `extensions` as openssl.cnf has them, one a line. */
  person(kind: KeyKind, address: string, extensions: readonly string[] = [], days = 365): Person {
    const name = `p${(this.#count += 1)}`;
    const { privateKey } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: kind });
    this.write(`${name}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    const usage = kind === 'rsa' ? 'keyEncipherment' : 'keyAgreement';
    const all = [`subjectAltName=email:${address}`, `keyUsage=digitalSignature,${usage}`, ...extensions];
    this.write(`${name}.ext`, [...all, 'subjectKeyIdentifier=hash'].join('\n'));
    this.openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=Person ${name}`, '-out', `${name}.csr`);
    this.openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    );
    const facts = this.facts(`${name}.pem`);
    const key = createPrivateKey(readFileSync(join(this.folder, `${name}.key`)));
    return {
      key: `${name}.key`,
      certificate: `${name}.pem`,
      facts,
      signer: { certificates: [facts.der], ...signing(key, kind) },
      own: { certificate: facts, ...opening(key, kind) },
    };
  }
}

function signing(key: KeyObject, kind: KeyKind): Omit<MailSigner, 'certificates'> {
  const algorithm: SignatureAlgorithm =
    kind === 'rsa' ? 'RSA-PKCS1-SHA256' : kind === 'P-256' ? 'ECDSA-SHA256' : 'ECDSA-SHA384';
  return { algorithm, sign: async (digest) => (kind === 'rsa' ? rsaOver(key, digest) : ecOver(key, kind, digest)) };
}

// A digest is signed as a card does it: DigestInfo under PKCS #1, and ECDSA over the digest as it is.
function rsaOver(key: KeyObject, digest: Uint8Array): Uint8Array {
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
  return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, info));
}

function ecOver(key: KeyObject, kind: KeyKind, digest: Uint8Array): Uint8Array {
  const curve = kind === 'P-384' ? p384 : p256;
  const options = { prehash: false, lowS: false, format: 'der' } as const;
  return curve.sign(digest, new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')), options);
}

function opening(key: KeyObject, kind: KeyKind): Omit<OwnKey, 'certificate'> {
  return {
    async decryptKey(cryptogram, padding) {
      if (padding.kind === 'PKCS1') {
        // Node.js leaves out PKCS #1 v1.5 here.
        const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, cryptogram);
        return new Uint8Array(block.subarray(block.indexOf(0, 2) + 1));
      }
      const oaepHash = padding.digest.replace('-', '').toLowerCase();
      return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, cryptogram));
    },
    async agree(point) {
      const ecdh = createECDH(kind === 'P-384' ? 'secp384r1' : 'prime256v1');
      ecdh.setPrivateKey(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
      return new Uint8Array(ecdh.computeSecret(point));
    },
  };
}

/** A mail with a text that is not 7bit and an attachment. */
export const someMail = (from: string): string =>
  [
    `From: "Maija" <${from}>`,
    'To: matti@example.fi',
    'Subject: =?utf-8?q?Hyv=C3=A4?=',
    'Date: Mon, 1 Jun 2026 12:00:00 +0300',
    'Message-ID: <1@example.fi>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Hyvää päivää, från mig.',
    'From here a line that mailboxes change. ',
    '',
    '--x',
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    '',
    'AAECAwQ=',
    '--x--',
    '',
  ].join('\n');
