import { beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../plugins/pdf-sign/pdf/examine.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, madeBy, plainObjects, text } from './documents.js';
import { Refused, signBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

const objects = {
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R] /DA (/F1 0 Tf)>>>>',
  3: (plainObjects[3] ?? '').replace('/Type /Page', '/Type /Page /Annots [5 0 R]'),
  5: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Secret name) /Rect [0 0 0 0] /F 4 /P 3 0 R>>',
};

/** A document encrypted by qpdf: user password `user`, owner's `owner`. */
function encrypted(bits: string, options: readonly string[] = [], packed = 'disable'): Uint8Array {
  const original = documentOf({ objects, trailer: '/ID [<01><02>]' });
  const encrypt = ['--encrypt', 'user', 'owner', bits, ...options, '--'];
  return madeBy(
    'qpdf',
    ['--allow-weak-crypto', `--object-streams=${packed}`, ...encrypt, 'in.pdf', 'out.pdf'],
    original,
  );
}

const kinds: readonly (readonly [string, Uint8Array])[] = [
  ['RC4 40', encrypted('40')],
  ['RC4 128', encrypted('128', ['--use-aes=n'])],
  ['AES 128', encrypted('128', ['--use-aes=y'])],
  ['AES 256', encrypted('256')],
  ['AES 256', encrypted('256', ['--force-R5'])],
  ['AES 256', encrypted('256', [], 'generate')],
  ['AES 128', encrypted('128', ['--use-aes=y', '--cleartext-metadata'])],
];

describe('encrypted documents', () => {
  it.each(kinds)('%s: signed with either password, the strings of the update encrypted', async (cipher, original) => {
    for (const password of ['owner', 'user']) {
      const pdf = await openPdf(sourceOf(original), { password });
      expect(pdf.encryption).toMatchObject({ cipher, by: password });
      expect(pdf.form?.fields[0]?.name).toBe('Secret name');
      const signed = await signBytes(original, key.sign, { password });
      expect(await objections(original, signed, password)).toEqual([]);
      const update = text(signed.bytes.subarray(original.length));
      expect(update).not.toMatch(/Signature1|Test Signer|F1 0 Tf/);
      const again = await openPdf(sourceOf(signed.bytes), { password });
      expect(again.signatures).toMatchObject([
        { field: 'Signature1', signer: 'Test Signer', coversAllButContents: true },
      ]);
      expect(Buffer.from(again.signatures[0]?.contents ?? []).subarray(0, signed.cms.length)).toEqual(
        Buffer.from(signed.cms),
      );
    }
  });

  it('no password and a wrong one are told apart', async () => {
    const original = encrypted('256');
    await expect(openPdf(sourceOf(original))).rejects.toMatchObject({ code: 'pdf-password-missing' });
    await expect(openPdf(sourceOf(original), { password: 'x' })).rejects.toMatchObject({ code: 'pdf-password-wrong' });
  });

  it('what the author does not permit is refused to all but the owner', async () => {
    const original = encrypted('256', ['--modify=form']);
    await expect(signBytes(original, key.sign, { password: 'user' })).rejects.toThrow(Refused);
    const { refusal } = examine(await openPdf(sourceOf(original), { password: 'user' }), {});
    expect(refusal).toEqual({ code: 'pdf-permission', facts: { newField: true } });
    expect(await objections(original, await signBytes(original, key.sign, { password: 'owner' }), 'owner')).toEqual([]);
  });
});
