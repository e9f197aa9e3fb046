import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { certificatesInPem } from './certificates-in-pem.js';

/** Where Linux distributions keep the computer's certificate store as one file (the list that Go's crypto/x509 uses). */
const bundles: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The computer's certificate store as DER; where no file has it, the roots that Node.js came with (Mozilla's). */
export function systemAnchors(files: readonly string[] = bundles): readonly Uint8Array[] {
  for (const file of files) {
    const found = certificatesInPem(read(file));
    if (found.length > 0) return found;
  }
  return rootCertificates.flatMap(certificatesInPem);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
