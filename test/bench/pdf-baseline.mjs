// The two packages that everyone takes, on one file: `node pdf-baseline.mjs signpdf|node-signpdf IN OUT [P12]`.
// signpdf: pdf-lib loads the file, adds the field and saves all of it; @signpdf/signpdf fills it in. Its signer makes the digest and no CMS,
// so that it is shown faster than it is. node-signpdf: its own placeholder and its own CMS, with a key from a file.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [, , route, from, to, p12] = process.argv;
const bytes = readFileSync(from);
writeFileSync(to, await (route === 'signpdf' ? signpdf() : nodeSignpdf()));

async function signpdf() {
  const { PDFArray, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } = await import('pdf-lib');
  const { SignPdf } = await import('@signpdf/signpdf');
  const { DEFAULT_BYTE_RANGE_PLACEHOLDER: star, Signer } = await import('@signpdf/utils');
  const document = await PDFDocument.load(bytes);
  const { context, catalog } = document;
  const [page] = document.getPages();
  const range = PDFArray.withContext(context);
  for (const one of [PDFNumber.of(0), ...[1, 2, 3].map(() => PDFName.of(star))]) range.push(one);
  const signature = context.register(
    context.obj({
      Type: 'Sig',
      Filter: 'Adobe.PPKLite',
      SubFilter: 'ETSI.CAdES.detached',
      ByteRange: range,
      Contents: PDFHexString.of('0'.repeat(16_384)),
      M: PDFString.fromDate(new Date()),
    }),
  );
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      Rect: [0, 0, 0, 0],
      V: signature,
      T: PDFString.of('Signature1'),
      F: 4,
      P: page.ref,
    }),
  );
  page.node.set(PDFName.of('Annots'), context.obj([field]));
  catalog.set(PDFName.of('AcroForm'), context.obj({ SigFlags: 3, Fields: [field] }));
  const whole = await document.save({ useObjectStreams: false });
  class Digesting extends Signer {
    async sign(pdf) {
      return createHash('sha384').update(pdf).digest();
    }
  }
  return new SignPdf().sign(Buffer.from(whole), new Digesting());
}

async function nodeSignpdf() {
  const { default: library } = await import('node-signpdf');
  const { SignPdf, plainAddPlaceholder } = library;
  const placed = plainAddPlaceholder({ pdfBuffer: bytes, reason: 'bench', signatureLength: 8_192 });
  return new SignPdf().sign(placed, readFileSync(p12));
}
