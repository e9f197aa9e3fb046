import { X509Certificate } from 'node:crypto';

/** The certificates of a PEM text as DER; what is none is left out. */
export function certificatesInPem(text: string): readonly Uint8Array[] {
  const blocks = text.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END/g) ?? [];
  return blocks.flatMap((block) => {
    const base64 = block.replace(/-----BEGIN [^-]+-----|-----END/g, '');
    return certificateIn(Buffer.from(base64, 'base64'));
  });
}

/** One certificate in DER, and nothing when it is none. */
export function certificateIn(der: Uint8Array): readonly Uint8Array[] {
  try {
    return [Uint8Array.from(new X509Certificate(der).raw)];
  } catch {
    return [];
  }
}
