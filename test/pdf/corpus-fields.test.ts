import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesSince } from '../../plugins/pdf-sign/pdf/changes.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { isPdfError } from '../../plugins/pdf-sign/pdf/pdf-error.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { corpus, type Specimen } from './corpus.js';
import { Refused, signBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

const specimens = corpus();

/** The name of the first empty signature field. */
async function emptyField({ path, password }: Specimen): Promise<string | undefined> {
  try {
    return (await openPdf(sourceOf(new Uint8Array(readFileSync(path))), { password })).emptyFields[0]?.name;
  } catch (error) {
    if (isPdfError(error)) return undefined;
    throw error;
  }
}

describe.runIf(specimens.length > 0)('real documents with a place for a signature', () => {
  let key: SoftwareKey;
  beforeAll(async () => {
    key = await softwareKey();
  });
  afterAll(() => rmSync(key.folder, { recursive: true, force: true }));

  it('are signed there, or refused, and earlier signatures allow it', async () => {
    const results: Record<string, string> = {};
    for (const specimen of specimens) {
      const field = await emptyField(specimen);
      if (field === undefined) continue;
      const { name, path, password } = specimen;
      const original = new Uint8Array(readFileSync(path));
      try {
        const signed = await signBytes(original, key.sign, { password, wish: { field } });
        const found = (await objections(original, signed, password)).filter((one) => one !== 'looks');
        const pdf = await openPdf(sourceOf(signed.bytes), { password });
        for (const earlier of pdf.signatures.slice(0, -1)) {
          const { changes } = await changesSince(pdf, earlier);
          if (!changes.some(({ kind, what }) => kind === 'signature' && what === field))
            found.push(`${earlier.field} sees no signature`);
        }
        results[name] = found.join('; ') || 'accepted';
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        results[name] = `refused: ${error.message}`;
      }
    }
    expect(Object.keys(results).length).toBeGreaterThan(3);
    expect(Object.entries(results).filter(([, result]) => !/^(accepted|refused)/.test(result))).toEqual([]);
    expect(results).toMatchInlineSnapshot(`
      {
        "dss__documentEmptySignature": "accepted",
        "dss__fieldmdp-exclude": "accepted",
        "dss__unsignedPDFWithSignatureFieldButInvisible": "accepted",
        "pyhanko__minimal-two-fields-tagged": "accepted",
        "pyhanko__minimal-with-field-rc4": "accepted",
      }
    `);
  }, 120_000);
});
