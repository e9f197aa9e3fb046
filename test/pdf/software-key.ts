import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from './tool.js';

/** A key and certificate in a folder of the test, which `openssl` signs with. */
export interface SoftwareKey {
  readonly folder: string;
  readonly certificate: string;
  dispose(): void;
  /** A detached CMS over the bytes with the attributes that PAdES wants, DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Makes a P-256 key with a certificate for it. */
export async function softwareKey(): Promise<SoftwareKey> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=Test Signer/O=Sigill', '-days', '3650', '-addext', 'keyUsage=nonRepudiation'];
  const made = await tool('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', key, '-out', certificate, ...subject],
  ]);
  if (made.code !== 0) throw new Error(made.text);
  let count = 0;
  return {
    folder,
    certificate,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
    async sign(bytes) {
      const stem = join(folder, `${(count += 1)}`);
      writeFileSync(`${stem}.data`, bytes);
      const signer = ['-signer', certificate, '-inkey', key, '-outform', 'DER'];
      const done = await tool('openssl', [
        'cms',
        '-sign',
        '-cades',
        '-binary',
        '-md',
        'sha256',
        ...signer,
        '-in',
        `${stem}.data`,
        '-out',
        `${stem}.cms`,
      ]);
      if (done.code !== 0) throw new Error(done.text);
      return new Uint8Array(readFileSync(`${stem}.cms`));
    },
  };
}
