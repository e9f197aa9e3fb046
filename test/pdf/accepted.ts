import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedBytes } from './sign-bytes.js';
import { looks, mutool, openssl, pdfsig, qpdf } from './verifiers.js';

/** What the verifiers object to in a signed document; empty when all of them accept it and its pages look as before. */
export async function objections(original: Uint8Array, signed: SignedBytes, password = ''): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
  try {
    const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')];
    writeFileSync(before, original);
    writeFileSync(after, signed.bytes);
    mkdirSync(join(folder, 'work'));
    const found: string[] = [];
    if (!Buffer.from(signed.bytes.subarray(0, original.length)).equals(original)) found.push('the original changed');
    const poppler = (await pdfsig(after, password))?.findLast(({ field }) => field === signed.field);
    if (poppler === undefined || !poppler.valid || !poppler.whole) found.push(`pdfsig ${JSON.stringify(poppler)}`);
    if ((await mutool(after, password))?.some(({ whole }) => whole) !== true) found.push('mutool');
    const checked = await qpdf(after, password);
    if (checked.code !== 0 && checked.code > (await qpdf(before, password)).code) found.push(`qpdf ${checked.text}`);
    if (!(await openssl(join(folder, 'work'), signed.covered, signed.cms))) found.push('openssl');
    const [was, is] = [await looks(folder, before, password), await looks(folder, after, password)];
    if (was.length === 0 || was.some((page, at) => !page.equals(is[at] ?? Buffer.alloc(0)))) found.push('looks');
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
