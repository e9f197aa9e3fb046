import { describe, expect, it } from 'vitest';
import { mailOids } from '../mail-oids.js';
import { chooseCipher } from './choose-cipher.js';

const { aes256gcm, aes128gcm, aes256cbc, aes128cbc } = mailOids;
const triple = '1.2.840.113549.3.7';

describe('the cipher of a mail', () => {
  it('is the first that the recipient’s program lists and we write', () => {
    expect(chooseCipher([[aes256gcm, aes256cbc]])).toEqual({ cipher: 'AES-256-GCM', reason: 'known' });
    expect(chooseCipher([[triple, aes128cbc, aes256cbc]])).toEqual({ cipher: 'AES-128-CBC', reason: 'known' });
    expect(chooseCipher([[aes128gcm]])).toEqual({ cipher: 'AES-128-GCM', reason: 'known' });
  });

  it('is one that all programs list; one of which nothing is known has no say', () => {
    const lists = [[aes256gcm, aes256cbc], undefined, [aes128cbc, aes256cbc]];
    expect(chooseCipher(lists)).toEqual({ cipher: 'AES-256-CBC', reason: 'known' });
  });

  it('is AES-256-GCM when no program said anything, and the one of old programs when they have none in common', () => {
    expect(chooseCipher([undefined])).toEqual({ cipher: 'AES-256-GCM', reason: 'unknown' });
    expect(chooseCipher([])).toEqual({ cipher: 'AES-256-GCM', reason: 'unknown' });
    expect(chooseCipher([[triple]])).toEqual({ cipher: 'AES-128-CBC', reason: 'apart' });
    expect(chooseCipher([[aes256gcm], [aes256cbc]])).toEqual({ cipher: 'AES-128-CBC', reason: 'apart' });
    expect(chooseCipher([['constructor', '__proto__']])).toEqual({ cipher: 'AES-128-CBC', reason: 'apart' });
  });
});
