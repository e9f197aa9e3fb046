import type { Pdf } from './open-pdf.js';
import type { SignatureWish } from './signature-update.js';
export function examine(_pdf: Pdf, _wish: Partial<SignatureWish>): { refusal?: { code: string; facts: object } } {
  return {};
}
