import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../plugins/email/smime/addresses.js';
import { toBytes, toText } from '../../plugins/email/smime/mime/text-bytes.js';
import { certificatesIn, recipientAmong } from '../../plugins/email/smime/recipients.js';
import { signMail } from '../../plugins/email/smime/sign-mail.js';
import { SmimeStage, someMail } from './smime-stage.js';

const stage = new SmimeStage();
const at = Date.now() + 60_000;
const matti = stage.person('P-256', 'Matti@Example.fi');
const found = async (bytes: Uint8Array): Promise<readonly string[]> =>
  (await certificatesIn(bytes, at)).map(({ sha256 }) => sha256);

describe('the certificate of a recipient', () => {
  it('comes from PEM, DER, a bundle of either, and from a signed mail of theirs', async () => {
    const { sha256, der } = matti.facts;
    expect(addressesOf(matti.facts)).toEqual(['Matti@Example.fi']);
    expect(await found(stage.read(matti.certificate))).toEqual([sha256]);
    expect(await found(der)).toEqual([sha256]);
    for (const form of ['PEM', 'DER']) {
      const made = stage.openssl('crl2pkcs7', '-nocrl', '-certfile', matti.certificate, '-outform', form);
      expect(await found(new Uint8Array(made))).toEqual([sha256]);
    }
    const mail = toBytes(someMail('matti@example.fi'));
    for (const opaque of [false, true]) {
      expect(await found(await signMail(mail, matti.signer, { at: new Date(at), opaque }))).toEqual([sha256]);
    }
  });

  it('does not come from a mail that somebody else signed, that was changed, or that holds none', async () => {
    const signed = await signMail(toBytes(someMail('eve@example.fi')), matti.signer, { at: new Date(at) });
    const none = { code: 'no-certificate-in' };
    await expect(certificatesIn(signed, at)).rejects.toMatchObject(none);
    const good = await signMail(toBytes(someMail('matti@example.fi')), matti.signer, { at: new Date(at) });
    const changed = toBytes(toText(good).replace('AAECAwQ=', 'AAECAwU='));
    await expect(certificatesIn(changed, at)).rejects.toMatchObject(none);
    await expect(certificatesIn(toBytes(someMail('a@b.fi')), at)).rejects.toMatchObject(none);
    await expect(certificatesIn(new Uint8Array(), at)).rejects.toMatchObject(none);
  });

  it('is of the address, meant for encryption, valid now, and no authority', () => {
    const server = stage.person('rsa', 'matti@example.fi', ['extendedKeyUsage=serverAuth']);
    const all = [server.facts, stage.authority, matti.facts];
    expect(recipientAmong(all, at, 'matti@example.FI')?.sha256).toBe(matti.facts.sha256);
    expect(recipientAmong(all, at, 'eve@example.fi')).toBeUndefined();
    expect(recipientAmong(all, at + 400 * 86_400_000, 'matti@example.fi')).toBeUndefined();
    expect(recipientAmong([server.facts, stage.authority], at)).toBeUndefined();
  });
});
