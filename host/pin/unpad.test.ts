import { constants, createHash, generateKeyPairSync, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { HashName } from './mask.js';
import { type DecryptScheme, unpad } from './unpad.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const none = new Uint8Array();
const oaep = (hash: HashName, label = none): DecryptScheme => ({ kind: 'oaep', hash, mgf: hash, label });

/** What a card gives that does not look at the padding. */
const raw = (cryptogram: Buffer): Uint8Array =>
  new Uint8Array(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, cryptogram));

it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('OAEP with %s is taken off, label and all', (hash) => {
  for (const length of [0, 1, 32, 256 - 2 * createHash(hash).digest().length - 2]) {
    const message = randomBytes(length);
    for (const label of [none, Buffer.from('label')]) {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const block = raw(publicEncrypt({ key: publicKey, padding, oaepHash: hash, oaepLabel: label }, message));
      expect(unpad(oaep(hash, label), block)).toEqual(new Uint8Array(message));
      expect(unpad(oaep(hash, Buffer.from('other')), block)).toBeUndefined();
      for (const at of [0, 1, 40, 200, 255]) {
        const changed = Uint8Array.from(block);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const found = unpad(oaep(hash, label), changed);
        expect(found === undefined || !Buffer.from(found).equals(message), `byte ${at}`).toBe(true);
      }
    }
  }
});

it('PKCS #1 v1.5 is taken off, and needs eight bytes of filling', () => {
  const message = randomBytes(32);
  const block = raw(publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, message));
  expect(unpad({ kind: 'pkcs1' }, block)).toEqual(new Uint8Array(message));
  const short = Uint8Array.from([0, 2, 1, 1, 1, 1, 1, 1, 1, 0, ...message]);
  expect(unpad({ kind: 'pkcs1' }, short)).toBeUndefined();
  expect(unpad({ kind: 'pkcs1' }, none)).toBeUndefined();
});
