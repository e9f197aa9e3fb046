import { type Card, type Certificate, Failure, type SignatureAlgorithm, type Signing } from '@sigill/core';
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto';

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
  const algorithm = algorithmFor(certificate);
  const hash = `sha${algorithm.slice(-3)}`;
  const data = randomBytes(64);
  const digest = Uint8Array.from(createHash(hash).update(data).digest());
  const { value } = await signing.sign({ card: card.id, key: id, algorithm, digest });
  if (!verify(hash, data, new X509Certificate(der).publicKey, value)) throw new Failure('key-test-failed', { key: id });
  return algorithm;
}

/** What every card with such a key offers: the hash as wide as the curve, or PKCS#1 v1.5. */
function algorithmFor({ id, key }: Certificate): SignatureAlgorithm {
  if (key.algorithm === 'RSA') return 'RSA-PKCS1-SHA256';
  if (key.algorithm !== 'EC') throw new Failure('key-algorithm', { key: id, algorithm: key.algorithm });
  if (key.size <= 256) return 'ECDSA-SHA256';
  return key.size <= 384 ? 'ECDSA-SHA384' : 'ECDSA-SHA512';
}
