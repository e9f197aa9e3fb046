import type { Answer } from './routes.js';

/** A certificate as PEM (RFC 7468 §5). */
export function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A file for the person to keep, under `name` as far as a file can have it. */
export function attachment(body: string | Uint8Array, type: string, name: string): Answer {
  const safe = fileName(name);
  // RFC 6266 §5: ASCII for all, UTF-8 for who reads it (RFC 8187).
  const ascii = safe.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const utf8 = encodeURIComponent(safe).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    status: 200,
    type,
    body,
    headers: { 'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}` },
  };
}

/** A card writes names of its own choice: nothing in them may name a folder, hide a file, or end a header field. */
function fileName(name: string): string {
  const clean = name
    .replace(/[\p{C}/\\:*?"<>|]/gu, '_')
    .replace(/^[.\s]+/, '')
    .trim();
  return clean === '' ? 'certificate' : [...clean].slice(-120).join('');
}
