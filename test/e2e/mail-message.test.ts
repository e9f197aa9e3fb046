import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCa } from '@sigill/core/sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someMail } from '../mail/smime-stage.js';
import { type Ended, Home } from './sigill.js';

interface Answer {
  readonly documents: readonly {
    readonly state: string;
    readonly path?: string;
    readonly verdict?: string;
    readonly code?: string;
    readonly text: readonly string[];
  }[];
}

const address = {
  'fineid-v4': 'elli.esimerkki@sigill.example',
  'fineid-v3': 'elli.esimerkki@sigill.example',
  myeid: 'alex.example@sigill.example',
};
const cards = ['fineid-v4', 'fineid-v3'] as const;
const pin = '1234';

describe('mails in files', () => {
  let home: Home;
  let folder: string;
  let authorities: string;
  beforeEach(() => {
    home = new Home();
    folder = join(home.folder, 'mails');
    mkdirSync(folder);
    authorities = join(home.folder, 'ca.pem');
    const { root, issuing } = testCa();
    writeFileSync(authorities, [root, ...Object.values(issuing)].map(({ pem }) => pem).join('\n'));
  });
  afterEach(() => home.remove());

  const mail = (card: string, args: readonly string[], codes: readonly string[] = []): Promise<Ended> =>
    home.sigill(['--simulate', card, ...(codes.length > 0 ? ['--pin-stdin'] : []), 'mail', ...args, '--json'], {
      input: codes,
    });
  const one = ({ code, output, errors }: Ended) => {
    const [document] = (JSON.parse(output || '{}') as Partial<Answer>).documents ?? [];
    if (!document) throw new Error(`${code}: ${output}${errors}`);
    return { code, ...document };
  };
  const write = (card: keyof typeof address, name = 'hello.eml'): string => {
    const path = join(folder, name);
    writeFileSync(path, someMail(address[card]));
    return path;
  };

  it.each(cards)(
    'are signed, checked, encrypted and opened with %s',
    async (card) => {
      const path = write(card);
      const before = readFileSync(path);
      const signed = one(await mail(card, ['sign', path], [pin]));
      expect(signed).toMatchObject({ code: 0, state: 'signed', path: join(folder, 'hello-signed.eml') });
      const { path: signedPath = '' } = signed;
      const openssl = ['cms', '-verify', '-in', signedPath, '-CAfile', authorities, '-purpose', 'any'];
      expect(execFileSync('openssl', openssl, { stdio: 'pipe' }).toString()).toContain('=C3=A4iv=C3=A4');

      const known = one(await mail(card, ['verify', signedPath, '--trust', authorities]));
      expect(known).toMatchObject({ code: 0, verdict: 'valid' });
      const byCard = one(await mail(card, ['verify', signedPath]));
      expect(byCard).toMatchObject({ code: 1, verdict: 'uncertain' });
      expect(one(await mail(card, ['verify', path]))).toMatchObject({ code: 1, verdict: 'unsigned' });
      const changed = join(folder, 'changed.eml');
      writeFileSync(changed, readFileSync(signedPath, 'latin1').replace('=C3=A4iv', '=C3=A5iv'), 'latin1');
      const wrong = one(await mail(card, ['verify', changed, '--trust', authorities]));
      expect(wrong).toMatchObject({ code: 4, verdict: 'invalid' });

      // The certificate comes from a signed mail; one that was changed gives none.
      const refused = one(await mail(card, ['encrypt', path, '--to', changed]));
      expect(refused).toMatchObject({ state: 'failed', code: 'smime.no-certificate-in' });
      for (const more of card === 'fineid-v3' ? [['--cbc'], ['--oaep']] : [[]]) {
        const encrypted = one(await mail(card, ['encrypt', path, '--to', signedPath, ...more]));
        expect(encrypted).toMatchObject({ code: 0, state: 'encrypted' });
        expect(readFileSync(encrypted.path ?? '', 'latin1')).not.toContain('iv=C3=A4');
        const opened = one(await mail(card, ['decrypt', encrypted.path ?? ''], [pin]));
        expect(opened).toMatchObject({ code: 0, state: 'decrypted' });
        expect(readFileSync(opened.path ?? '', 'latin1')).toContain('=C3=A4iv=C3=A4');
      }
      expect(readFileSync(path)).toEqual(before);
    },
    300_000,
  );

  it('OAEP is opened with a card that only deciphers whole blocks', async () => {
    const path = write('myeid');
    const own = join(folder, 'own.pem');
    await home.sigill(['--simulate', 'myeid', 'cert', 'export', '45', '--out', own]);
    const encrypted = one(await mail('myeid', ['encrypt', path, '--to', own, '--oaep']));
    const opened = one(await mail('myeid', ['decrypt', encrypted.path ?? ''], [pin]));
    expect(opened).toMatchObject({ code: 0, state: 'decrypted' });
    expect(readFileSync(opened.path ?? '', 'latin1')).toContain('=C3=A4iv=C3=A4');
  });

  it('a card whose code is locked still stands among those who can open what its holder encrypts', async () => {
    const path = write('fineid-v4');
    const other = join(folder, 'other.pem');
    await home.sigill(['--simulate', 'myeid', 'cert', 'export', '45', '--out', other]);
    const encrypted = one(await mail('fineid-v4:pin1-locked', ['encrypt', path, '--to', other]));
    expect(encrypted.text.join(' ')).not.toContain('open it yourself');
    const stranger = one(await mail('myeid', ['encrypt', path, '--to', other]));
    expect(stranger.text.join(' ')).toContain('open it yourself');
  });

  it('a wrong PIN leaves nothing behind, and what cannot be done is said without asking for one', async () => {
    const path = write('fineid-v4');
    expect(one(await mail('fineid-v4', ['sign', path], ['9999']))).toMatchObject({
      state: 'failed',
      code: 'pin-wrong',
    });
    expect(one(await mail('fineid-v4', ['decrypt', path]))).toMatchObject({ code: 'smime.not-encrypted' });
    expect(one(await mail('fineid-v4', ['encrypt', path]))).toMatchObject({ code: 'smime.no-recipient' });
    writeFileSync(path, someMail('somebody@else.example'));
    const stranger = one(await mail('fineid-v4', ['sign', path]));
    expect(stranger).toMatchObject({ code: 'smime.no-certificate' });
    expect(stranger.text.join(' ')).toContain('elli.esimerkki@sigill.example');
    expect(readdirSync(folder)).toEqual(['hello.eml']);
  }, 120_000);
});
