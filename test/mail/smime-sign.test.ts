import { beforeAll, describe, expect, it } from 'vitest';
import { checkMail, isGood } from '../../plugins/email/smime/check-mail.js';
import { signMail } from '../../plugins/email/smime/sign-mail.js';
import { toBytes, toText } from '../../plugins/email/smime/mime/text-bytes.js';
import { type KeyKind, type Person, SmimeStage, someMail } from './smime-stage.js';

const stage = new SmimeStage();
const address = 'maija@example.fi';
// Certificates begin at this very second.
const at = Date.now() + 60_000;
const kinds: readonly KeyKind[] = ['rsa', 'P-256', 'P-384'];
const people = new Map<KeyKind, Person>();
const person = (kind: KeyKind): Person => people.get(kind) as Person;
const mail = new TextEncoder().encode(someMail(address));
const anchors = [{ certificate: stage.authority, source: 'file' as const }];

beforeAll(() => {
  for (const kind of kinds) people.set(kind, stage.person(kind, address));
});

describe.each(kinds)('a mail signed with a key of %s', (kind) => {
  it.each([false, true])('is accepted by openssl (opaque: %s), and keeps its own fields', async (opaque) => {
    const signed = await signMail(mail, person(kind).signer, { at: new Date(at), opaque });
    stage.write('signed.eml', signed);
    stage.openssl('cms', '-verify', '-in', 'signed.eml', '-CAfile', 'ca.pem', '-out', 'content', '-signer', 'who.pem');
    expect(stage.facts('who.pem').sha256).toBe(person(kind).facts.sha256);
    const content = toText(stage.read('content'));
    expect(content).toMatch(/^Content-Type: multipart\/mixed; boundary="x"\r\n/);
    expect(content).toContain('Hyv=C3=A4=C3=A4 p=C3=A4iv=C3=A4=C3=A4, fr=C3=A5n mig.\r\n=46rom here');
    expect(content).toContain('AAECAwQ=');
    const text = toText(signed);
    expect(text).toMatch(
      /^From: "Maija" <maija@example\.fi>\r\nTo: .*\r\nSubject: .*\r\nDate: .*\r\nMessage-ID: .*\r\nMIME-Version: 1\.0\r\n/,
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]|[^\x20-\x7e]/);
  });

  it('is accepted here when openssl signed it, whatever its line ends', async () => {
    stage.write('plain.eml', mail);
    const { certificate, key } = person(kind);
    const who = ['-signer', certificate, '-inkey', key, '-in', 'plain.eml'];
    for (const how of [[], ['-nodetach'], ['-noattr'], ['-keyid'], ['-stream', '-indef']]) {
      const made = stage.openssl('cms', '-sign', ...who, ...how, '-from', address, '-to', 'matti@example.fi');
      for (const ends of ['\n', '\r\n']) {
        const lines = toBytes(toText(made).replaceAll(/\r?\n/g, ends));
        const checked = await checkMail(lines, { anchors, at });
        expect(checked.layers, how.join()).toMatchObject([
          { kind: 'signed', signers: [{ signature: 'valid', chain: 'trusted', from: 'same', weak: false }] },
        ]);
        expect(isGood(checked)).toBe(true);
      }
    }
  });
});

describe('a signed mail that something is wrong with', () => {
  const signed = (from = address, who = person('rsa')): Promise<Uint8Array> =>
    signMail(new TextEncoder().encode(someMail(from)), who.signer, { at: new Date(at) });
  const verdict = async (bytes: Uint8Array) => {
    const checked = await checkMail(bytes, { anchors, at });
    expect(isGood(checked)).toBe(false);
    const [layer] = checked.layers;
    return layer?.kind === 'signed' ? layer.signers[0] : undefined;
  };

  it('one byte of the content was changed', async () => {
    const text = toText(await signed());
    expect(await verdict(toBytes(text.replace('fr=C3=A5n', 'fr=C3=A4n')))).toMatchObject({ signature: 'changed' });
  });

  it('the From is another than the certificate has; a name that looks like the address does not help', async () => {
    expect(await verdict(await signed('eve@example.fi'))).toMatchObject({ signature: 'valid', from: 'differs' });
    const text = toText(await signed());
    const spoofed = text.replace(/^From: .*\r\n/, 'From: "maija@example.fi" <eve@example.fi> (maija@example.fi)\r\n');
    expect(await verdict(toBytes(spoofed))).toMatchObject({ signature: 'valid', from: 'differs' });
    expect(await verdict(toBytes(`From: ${address}\r\n${text}`))).toMatchObject({
      signature: 'valid',
      from: 'differs',
    });
  });

  it('nobody vouches for the certificate, it is not for mail, or it has expired', async () => {
    const untrusted = await checkMail(await signed(), { anchors: [], at });
    expect(untrusted.layers).toMatchObject([{ signers: [{ signature: 'valid', chain: 'unknown-issuer' }] }]);
    const onCard = [{ certificate: stage.authority, source: 'card' as const }];
    const byCard = await checkMail(await signed(), { anchors: onCard, at });
    expect([byCard.layers, isGood(byCard)]).toMatchObject([[{ signers: [{ chain: 'card' }] }], false]);
    const server = stage.person('P-256', address, ['extendedKeyUsage=serverAuth']);
    expect(await verdict(await signed(address, server))).toMatchObject({ chain: 'unfit' });
    const late = await checkMail(await signed(), { anchors, at: at + 400 * 86_400_000 });
    expect(late.layers).toMatchObject([{ signers: [{ signature: 'valid', chain: 'expired' }] }]);
  });

  it('a signature over a part of the mail counts for nothing beside it', async () => {
    const inner = toText(await signed()).replace(/^[^]*?(?=Content-Type)/, '');
    const outer = `From: ${address}\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\npay!\r\n--y\r\n${inner}\r\n--y--\r\n`;
    await expect(checkMail(toBytes(outer), { anchors, at })).rejects.toMatchObject({ code: 'not-signed' });
    const third = toText(await signed()).replace(/\r\n(--=_sigill_.*)--\r\n$/, '\r\n$1\r\n\r\npay!\r\n$1--\r\n');
    await expect(checkMail(toBytes(third), { anchors, at })).rejects.toMatchObject({ code: 'malformed' });
  });
});
