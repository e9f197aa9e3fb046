import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode, integer, nothing, octets, oid, sequence } from '@sigill/core/cms';
import { openssl } from './openssl.js';
import type { Person, TestPki } from './test-pki.js';

/** What a token says, true or not. */
export interface TokenFacts {
  /** SHA-256. */
  readonly digest: Uint8Array;
  readonly time: Date;
  /** INTEGER, whole DER. */
  readonly nonce?: Uint8Array;
  /** In BER with indefinite lengths, its content in pieces. */
  readonly streamed?: boolean;
}

let made = 0;

/** A timestamp token by anybody, for any time, right in form: what `openssl ts` would refuse to make. */
export async function makeToken(
  pki: TestPki,
  person: Person,
  { digest, time, nonce, streamed }: TokenFacts,
): Promise<Uint8Array> {
  const digits = time.toISOString().replaceAll(/\.\d+|[-:T]/g, '');
  const info = sequence(
    integer(1),
    oid('1.3.6.1.4.1.99999.2.1'),
    sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), nothing()), octets(digest)),
    integer(42),
    encode(0x18, Buffer.from(digits)),
    ...(nonce ? [nonce] : []),
  );
  const [input, output] = [`info-${(made += 1)}`, `token-${made}`];
  await writeFile(join(pki.folder, input), info);
  const form = [
    ...(streamed ? ['-stream', '-indef'] : []),
    '-binary',
    '-nodetach',
    '-cades',
    '-outform',
    'DER',
    '-econtent_type',
    '1.2.840.113549.1.9.16.1.4',
  ];
  const keys = ['-signer', `${person}.crt`, '-inkey', `${person}.key`, '-certfile', 'issuing.crt', '-md', 'sha256'];
  await openssl(pki.folder, 'cms', '-sign', ...form, ...keys, '-in', input, '-out', output);
  return Uint8Array.from(await readFile(join(pki.folder, output)));
}
