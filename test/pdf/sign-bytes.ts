import { examine } from '../../plugins/pdf-sign/pdf/examine.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { placeContents, prepareSignature, type SignatureWish } from '../../plugins/pdf-sign/pdf/signature-update.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';

/** A signed document and the bytes that its signature covers and is. */
export interface SignedBytes {
  readonly bytes: Uint8Array;
  readonly covered: Uint8Array;
  readonly cms: Uint8Array;
  readonly field: string;
}

export interface SigningOptions {
  readonly password?: string | undefined;
  readonly wish?: Partial<SignatureWish>;
}

/** The reason why a document is not signed, as `examine` gives it. */
export class Refused extends Error {}

/** Signs a document in memory the way the plugin does: open, examine, prepare, sign, place. */
export async function signBytes(
  original: Uint8Array,
  sign: (covered: Uint8Array) => Promise<Uint8Array>,
  { password, wish = {} }: SigningOptions = {},
): Promise<SignedBytes> {
  const pdf = await openPdf(sourceOf(original), { password, page: wish.appearance?.at?.page });
  const { refusal } = examine(pdf, wish);
  if (refusal !== undefined) throw new Refused(`${refusal.code} ${JSON.stringify(refusal.facts)}`);
  const whole: SignatureWish = {
    subFilter: 'ETSI.CAdES.detached',
    contentsSize: 4096,
    time: "D:20260131120000+02'00'",
    signer: 'Test Signer',
    reason: 'Åter (och) \\ igen',
    ...wish,
  };
  const prepared = await prepareSignature(pdf, whole);
  const bytes = new Uint8Array(original.length + prepared.bytes.length);
  bytes.set(original);
  bytes.set(prepared.bytes, original.length);
  const [first, length, second, rest] = prepared.byteRange;
  const covered = new Uint8Array(length + rest);
  covered.set(bytes.subarray(first, first + length));
  covered.set(bytes.subarray(second, second + rest), length);
  const cms = await sign(covered);
  bytes.set(placeContents(prepared, cms), prepared.contentsOffset);
  return { bytes, covered, cms, field: prepared.field };
}
