import type { Programs } from '@sigill/core';
import type { Wish } from './wish.js';

/** The wish with only those unconfirmed CA certificates that some program still lacks: what was trusted earlier is not asked about again. */
export async function stillUntrusted(programs: Programs, wish: Wish): Promise<Wish> {
  if (wish.unconfirmed.length === 0) return wish;
  const authorities = wish.unconfirmed.map(({ card, certificate }) => ({ card, id: certificate.id, trusted: true }));
  const { done } = await programs.plan({ authorities, accounts: [] });
  const lacking = new Set(done.flatMap((change) => (change.kind === 'authority' ? [change.sha256.toLowerCase()] : [])));
  const unconfirmed = wish.unconfirmed.filter(({ certificate }) => lacking.has(certificate.sha256.toLowerCase()));
  return { ...wish, unconfirmed };
}
