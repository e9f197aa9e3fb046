/** An image file that the person chose: PNG, JPEG or SVG. */
export interface AppearanceImage {
  readonly bytes: Uint8Array;
}

/** Bytes of an image: more than this is a photograph, not a signature. */
export const largestImage = 4_194_304;

/** An image that cannot stand in a signature, and why. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly why: 'unknown' | 'damaged' | 'transparent';

  constructor(why: ImageError['why']) {
    super(`the image is ${why}`);
    this.why = why;
  }
}

/** What kind of image these bytes begin like. */
export function imageKind(bytes: Uint8Array): 'png' | 'jpeg' | 'svg' | undefined {
  const begins = (...magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (begins(0xff, 0xd8, 0xff)) return 'jpeg';
  const head = new TextDecoder().decode(bytes.subarray(0, 2_048));
  return /^\ufeff?\s*(<\?xml[\s\S]*?\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE[\s\S]*?>\s*)?<svg[\s>]/.test(head)
    ? 'svg'
    : undefined;
}

/** True for a PNG with an alpha channel or a transparent colour (PNG, third edition §11.2.1, §11.3.1). */
export function isTransparentPng(bytes: Uint8Array): boolean {
  const colour = bytes[25] ?? 0;
  if (colour === 4 || colour === 6) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length;) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'tRNS') return true;
    if (kind === 'IDAT') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}
