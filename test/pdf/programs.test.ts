import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, madeBy } from './documents.js';
import { signBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

/** Signs three times, each accepted, and the earlier ones still whole in their revisions. */
async function threeTimes(original: Uint8Array): Promise<void> {
  let bytes = original;
  for (const count of [1, 2, 3]) {
    const signed = await signBytes(bytes, key.sign);
    expect(await objections(bytes, signed)).toEqual([]);
    bytes = signed.bytes;
    const { signatures, repaired } = await openPdf(sourceOf(bytes));
    expect(repaired).toBe(false);
    expect(signatures.map(({ field }) => field)).toEqual(['Signature1', 'Signature2', 'Signature3'].slice(0, count));
    expect(signatures.every(({ coversAllButContents }) => coversAllButContents)).toBe(true);
    expect(signatures.map(({ laterSections }) => laterSections)).toEqual([2, 1, 0].slice(3 - count));
  }
}

describe('documents as programs make them', () => {
  it('Ghostscript, and its PDF/A', async () => {
    const quiet = ['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pdfwrite', '-sOutputFile=out.pdf'];
    await threeTimes(madeBy('gs', [...quiet, 'in.pdf'], documentOf()));
    const archive = madeBy(
      'gs',
      [...quiet, '-dPDFA=2', '-dPDFACompatibilityPolicy=1', '-sColorConversionStrategy=RGB', 'in.pdf'],
      documentOf(),
    );
    const before = await openPdf(sourceOf(archive));
    expect(before.pdfA).toBe('2b');
    const signed = await signBytes(archive, key.sign);
    expect((await openPdf(sourceOf(signed.bytes))).pdfA).toBe('2b');
    expect(await objections(archive, signed)).toEqual([]);
  });

  it('qpdf, with object streams and linearized', async () => {
    await threeTimes(madeBy('qpdf', ['--object-streams=generate', '--linearize', 'in.pdf', 'out.pdf'], documentOf()));
  });

  it('a browser', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.setContent('<h1>Sopimus</h1><p>Allekirjoitetaan</p>');
      const printed = await page.pdf({ tagged: true });
      writeFileSync(join(folder, 'printed.pdf'), printed);
      await threeTimes(new Uint8Array(printed));
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
