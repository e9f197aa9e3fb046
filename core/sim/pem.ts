const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The textual encoding of DER (RFC 7468), with a line end at its end. */
export function pem(label: string, der: Uint8Array): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const value = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(value >> shift) & 0x3f] ?? '');
    text += letters.slice(0, b === undefined ? 2 : c === undefined ? 3 : 4).join('');
    text += '='.repeat(b === undefined ? 2 : c === undefined ? 1 : 0);
  }
  return text;
}
