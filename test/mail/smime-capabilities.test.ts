import { beforeAll, describe, expect, it } from 'vitest';
import { cipherFor } from '../../plugins/email/smime/commands/cipher-for.js';
import { mailOids } from '../../plugins/email/smime/mail-oids.js';
import { toBytes } from '../../plugins/email/smime/mime/text-bytes.js';
import { capabilitiesFor, type RecipientFile, recipientsIn } from '../../plugins/email/smime/recipients.js';
import { signMail } from '../../plugins/email/smime/sign-mail.js';
import { SmimeStage, someMail } from './smime-stage.js';

const stage = new SmimeStage();
const day = 86_400_000;
const at = Date.now() + 60_000;
const address = 'matti@example.fi';
const matti = stage.person('rsa', address);
const mail = toBytes(someMail(address));
let ours: RecipientFile;
let theirs: RecipientFile;
let bare: RecipientFile;

beforeAll(async () => {
  stage.write('mail.eml', mail);
  const signer = ['-signer', matti.certificate, '-inkey', matti.key];
  const fields = ['-from', address, '-to', address, '-subject', 's'];
  const byOpenssl = (...more: readonly string[]): Uint8Array =>
    stage.openssl('cms', '-sign', '-in', 'mail.eml', ...signer, ...fields, ...more);
  ours = await recipientsIn(await signMail(mail, matti.signer, { at: new Date(at - day) }), at);
  theirs = await recipientsIn(byOpenssl(), at);
  bare = await recipientsIn(byOpenssl('-nosmimecap'), at);
});

const chosen = (...files: readonly RecipientFile[]): readonly [string, ...string[]] => {
  const { cipher, notes } = cipherFor(undefined, [matti.facts], files);
  return [cipher, ...notes.map(({ key }) => key)];
};

describe('what the recipient’s program opens', () => {
  it('stands in a signed mail of theirs, in the order of their liking, and chooses the cipher', () => {
    expect(capabilitiesFor(matti.facts, [ours])?.slice(0, 2)).toEqual([mailOids.aes256gcm, mailOids.aes128gcm]);
    expect(chosen(ours)).toEqual(['AES-256-GCM']);
    expect(capabilitiesFor(matti.facts, [theirs])?.[0]).toBe(mailOids.aes256cbc);
    expect(chosen(theirs)).toEqual(['AES-256-CBC', 'smime.note.older-cipher']);
  });

  it('is what the newest of their mails says', () => {
    expect(chosen(ours, theirs)[0]).toBe('AES-256-CBC');
    expect(chosen(theirs, ours)[0]).toBe('AES-256-CBC');
  });

  it('is not known from a certificate alone, nor from a mail that does not say it: the person is told which programs cannot open the mail', async () => {
    const file = await recipientsIn(stage.read(matti.certificate), at);
    expect(file.program).toBeUndefined();
    expect(bare.certificates).toHaveLength(1);
    for (const one of [file, bare]) expect(chosen(one)).toEqual(['AES-256-GCM', 'smime.note.newer-cipher']);
  });

  it('is not what somebody else’s mail says, and does not count when the person has chosen', () => {
    const other = stage.person('P-256', 'maija@example.fi');
    expect(capabilitiesFor(other.facts, [theirs])).toBeUndefined();
    expect(cipherFor('gcm', [matti.facts], [theirs])).toEqual({ cipher: 'AES-256-GCM', notes: [] });
    expect(cipherFor('cbc', [matti.facts], [ours])).toEqual({ cipher: 'AES-256-CBC', notes: [] });
  });

  it('decides together with the others’ programs', () => {
    const other = stage.person('P-256', 'maija@example.fi');
    const both = cipherFor(undefined, [other.facts, matti.facts], [theirs]);
    expect(both.cipher).toBe('AES-256-CBC');
    expect(both.notes).toMatchObject([
      { key: 'smime.note.older-cipher', values: { holders: matti.facts.subject.short } },
    ]);
  });
});
