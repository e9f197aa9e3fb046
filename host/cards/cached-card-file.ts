import { createHash } from 'node:crypto';
import { type CachedCard, type CachedCertificate, fromHex, toHex } from '@sigill/core/card';

/** Bytes that the file of one card may have. */
export const longestFile = 256 * 1024;

const version = 1;

interface Stored {
  readonly version: number;
  readonly profile: string;
  readonly certificates: readonly { readonly id: string; readonly length: number; readonly der: string }[];
  /** Over everything else: a file that was cut or changed is no card. */
  readonly sum: string;
}

/** A card's name among files: that of its profile and first certificate, telling nothing of its holder. */
export function cardFileName({ profile, certificates: [first] }: CachedCard): string {
  const name = createHash('sha256')
    .update(profile)
    .update('\0')
    .update(first?.der ?? '');
  return `${name.digest('hex')}.json`;
}

/** The text of a card's file. */
export function writeCardFile({ profile, certificates }: CachedCard): string {
  const stored = certificates.map(({ id, length, der }) => ({ id, length, der: toHex(der) }));
  return JSON.stringify({ version, profile, certificates: stored, sum: sumOf(profile, certificates) } satisfies Stored);
}

/** The card in a file's text; undefined for anything else. */
export function readCardFile(text: string): CachedCard | undefined {
  try {
    const { version: found, profile, certificates, sum } = JSON.parse(text) as Partial<Stored>;
    if (found !== version || typeof profile !== 'string' || !Array.isArray(certificates)) return undefined;
    const read = certificates.map(readCertificate);
    return sumOf(profile, read) === sum ? { profile, certificates: read } : undefined;
  } catch {
    return undefined;
  }
}

function readCertificate({ id, length, der }: Stored['certificates'][number]): CachedCertificate {
  if (typeof id !== 'string' || typeof length !== 'number') throw new TypeError('Not a certificate');
  return { id, length, der: fromHex(der) };
}

function sumOf(profile: string, certificates: readonly CachedCertificate[]): string {
  const sum = createHash('sha256').update(JSON.stringify([profile, certificates.length]));
  for (const { id, length, der } of certificates) sum.update(JSON.stringify([id, length, der.length])).update(der);
  return sum.digest('hex');
}
