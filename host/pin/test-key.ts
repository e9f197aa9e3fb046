import { type Card, Failure, type SignatureAlgorithm, type Signing } from '@sigill/core';
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto';
import { usualAlgorithm } from './usual-algorithm.js';

/**
 * Makes a trial signature over random bytes and checks it with the certificate `der`, which belongs to the key.
 * Gives the algorithm that was used. Fails with `key-unknown`, `key-algorithm`, `key-test-failed`, and as `Signing.sign` does.
 */
export async function testKey(
  signing: Pick<Signing, 'sign'>,
  card: Card,
  id: string,
  der: Uint8Array,
): Promise<SignatureAlgorithm> {
  const certificate = card.certificates.find((each) => each.id === id);
  if (certificate === undefined) throw new Failure('key-unknown', { id });
  const algorithm = usualAlgorithm(certificate.key);
  if (algorithm === undefined) throw new Failure('key-algorithm', { key: id, algorithm: certificate.key.algorithm });
  const hash = `sha${algorithm.slice(-3)}`;
  const data = randomBytes(64);
  const digest = Uint8Array.from(createHash(hash).update(data).digest());
  const { value } = await signing.sign({ card: card.id, key: id, algorithm, digest });
  if (!verify(hash, data, new X509Certificate(der).publicKey, value)) throw new Failure('key-test-failed', { key: id });
  return algorithm;
}
