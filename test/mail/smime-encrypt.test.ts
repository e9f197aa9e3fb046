import { describe, expect, it } from 'vitest';
import { checkMail } from '../../plugins/email/smime/check-mail.js';
import { decryptMail } from '../../plugins/email/smime/decrypt-mail.js';
import { encryptMail } from '../../plugins/email/smime/encrypt-mail.js';
import { toBytes, toText } from '../../plugins/email/smime/mime/text-bytes.js';
import { signMail } from '../../plugins/email/smime/sign-mail.js';
import { type KeyKind, type Person, SmimeStage, someMail } from './smime-stage.js';

const stage = new SmimeStage();
const kinds: readonly KeyKind[] = ['rsa', 'P-256', 'P-384'];
const people = Object.fromEntries(kinds.map((kind) => [kind, stage.person(kind, 'matti@example.fi')]));
const person = (kind: KeyKind): Person => people[kind] as Person;
const mail = new TextEncoder().encode(someMail('maija@example.fi'));
const wish = (kind: KeyKind, padding: 'PKCS1' | 'OAEP' = 'PKCS1') => ({ certificate: person(kind).facts, padding });

/** What openssl finds in a mail with a person's key. */
function opened(bytes: Uint8Array, { certificate, key }: Person): string {
  stage.write('encrypted.eml', bytes);
  return toText(stage.openssl('cms', '-decrypt', '-in', 'encrypted.eml', '-recip', certificate, '-inkey', key));
}

describe.each(['AES-256-GCM', 'AES-128-GCM', 'AES-256-CBC', 'AES-128-CBC'] as const)(
  'a mail encrypted with %s',
  (cipher) => {
    it('is opened by openssl and here with each key that it is for', async () => {
      const to = [wish('rsa'), wish('P-256'), wish('P-384')];
      const encrypted = await encryptMail(mail, to, cipher);
      const text = toText(encrypted);
      expect(text).toContain(`smime-type=${cipher.endsWith('GCM') ? 'authEnveloped' : 'enveloped'}-data`);
      expect(text).toMatch(/^From: .*\r\nTo: .*\r\nSubject: .*\r\n/);
      expect(text).not.toMatch(/iv=C3|boundary=/);
      for (const kind of kinds) {
        expect(opened(encrypted, person(kind))).toContain('Hyv=C3=A4=C3=A4 p=C3=A4iv');
        const here = await decryptMail(encrypted, [person(kind).own]);
        expect(here).toMatchObject({ authenticated: cipher.endsWith('GCM'), signedOutside: false });
        expect(toText(here.mail)).toMatch(
          /^From: "Maija"[^]*MIME-Version: 1\.0\r\nContent-Type: multipart\/mixed[^]*Hyv=C3/,
        );
      }
    });

    it('with OAEP too', async () => {
      const encrypted = await encryptMail(mail, [wish('rsa', 'OAEP')], cipher);
      expect(opened(encrypted, person('rsa'))).toContain('Hyv=C3=A4');
      expect(toText((await decryptMail(encrypted, [person('rsa').own])).mail)).toContain('Hyv=C3=A4');
    });
  },
);

describe('a mail that openssl encrypted', () => {
  const made = (kind: KeyKind, ...how: readonly string[]): Uint8Array => {
    stage.write('plain.eml', mail);
    const fields = ['-from', 'maija@example.fi', '-to', 'matti@example.fi', '-subject', 's'];
    return stage.openssl('cms', '-encrypt', '-in', 'plain.eml', ...fields, ...how, '-recip', person(kind).certificate);
  };

  it.each(kinds)('is opened with a key of %s, whatever cipher and form', async (kind) => {
    for (const cipher of ['-aes-256-gcm', '-aes-128-gcm', '-aes-256-cbc', '-aes128', '-aes192']) {
      for (const how of [[], ['-keyid'], ['-stream', '-indef']]) {
        const { mail: plain, authenticated } = await decryptMail(made(kind, cipher, ...how), [person(kind).own]);
        expect(toText(plain)).toContain('multipart/mixed; boundary="x"');
        expect(new TextDecoder().decode(plain)).toContain('Hyvää päivää');
        expect(authenticated).toBe(cipher.endsWith('gcm'));
      }
    }
  });

  it('with OAEP of SHA-1 and of SHA-256, and with other digests in ECDH', async () => {
    const oaep = ['-keyopt', 'rsa_padding_mode:oaep'];
    const recipient = (...options: readonly string[]): readonly string[] => [
      '-recip',
      person('rsa').certificate,
      ...options,
    ];
    stage.write('plain.eml', mail);
    for (const options of [oaep, [...oaep, '-keyopt', 'rsa_oaep_md:sha256']]) {
      const bytes = stage.openssl('cms', '-encrypt', '-in', 'plain.eml', '-aes256', ...recipient(...options));
      expect(toText((await decryptMail(bytes, [person('rsa').own])).mail)).toContain('boundary="x"');
    }
    const kdf = ['-recip', person('P-384').certificate, '-keyopt', 'ecdh_kdf_md:sha384'];
    const bytes = stage.openssl('cms', '-encrypt', '-in', 'plain.eml', '-aes256', ...kdf);
    expect(toText((await decryptMail(bytes, [person('P-384').own])).mail)).toContain('boundary="x"');
  });

  it('says what is wrong: not for us, 3DES, changed on its way, not encrypted at all', async () => {
    const fails = (bytes: Uint8Array, who: Person, code: string) =>
      expect(decryptMail(bytes, [who.own])).rejects.toMatchObject({ code });
    await fails(made('rsa', '-aes256'), person('P-256'), 'not-for-us');
    await fails(made('rsa', '-des3'), person('rsa'), 'cipher-unknown');
    const encrypted = toText(await encryptMail(mail, [wish('P-256')], 'AES-256-GCM'));
    // A byte in the middle of the content.
    const spot = encrypted.length - 400;
    const other = encrypted[spot] === 'A' ? 'B' : 'A';
    await fails(toBytes(encrypted.slice(0, spot) + other + encrypted.slice(spot + 1)), person('P-256'), 'changed');
    await fails(mail, person('rsa'), 'not-encrypted');
  });
});

describe('layers', () => {
  it('signed, encrypted and signed again: each is checked, and what is in the middle comes out', async () => {
    const maija = stage.person('P-256', 'maija@example.fi');
    // Certificates begin at this very second.
    const at = Date.now() + 60_000;
    const anchors = [{ certificate: stage.authority, source: 'file' as const }];
    const sign = (bytes: Uint8Array) => signMail(bytes, maija.signer, { at: new Date(at) });
    const triple = await sign(await encryptMail(await sign(mail), [wish('rsa')], 'AES-256-GCM'));
    const good = { kind: 'signed', signers: [{ signature: 'valid', chain: 'trusted', from: 'same' }] };
    const outside = await checkMail(triple, { anchors, at });
    expect(outside.layers).toMatchObject([good, { kind: 'encrypted', opened: false }]);
    const all = await checkMail(triple, { anchors, at, keys: [person('rsa').own] });
    expect(all.layers).toMatchObject([good, { kind: 'encrypted', opened: true, authenticated: true }, good]);
    const { mail: inner, signedOutside } = await decryptMail(triple, [person('rsa').own]);
    expect(signedOutside).toBe(true);
    expect((await checkMail(inner, { anchors, at })).layers).toMatchObject([good]);
    let deep: Uint8Array = mail;
    for (let depth = 0; depth < 9; depth += 1) deep = await sign(deep);
    await expect(checkMail(deep, { anchors, at })).rejects.toMatchObject({ code: 'depth' });
  });
});
