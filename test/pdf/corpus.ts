import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env['SIGILL_PDF_CORPUS'] ?? fileURLToPath(new URL('../../../shared/data/pdf', import.meta.url));

/** A real document, and its password where it has one that is known. */
export interface Specimen {
  readonly name: string;
  readonly path: string;
  readonly password?: string;
}

// The passwords stand in the test suites that the documents come from.
const passwords: Readonly<Record<string, string>> = {
  'pdfbox__PasswordSample-256bit': 'owner',
  pdfbox__sign_me_protected: ' ',
  pdfjs__issue21579: 'pässwört',
  'pdfjs__saslprep-r6': 'SªSL\u00adprep',
  'pyhanko__minimal-aes256-empty-encrypted-string': 'secret',
  'pyhanko__minimal-aes256-malformed-perms': 'ownersecret',
  'pyhanko__minimal-with-field-rc4': 'ownersecret',
};

/** The real documents, when they lie beside the checkout; else none. */
export function corpus(): readonly Specimen[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.pdf'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -4);
      const password = passwords[name];
      return { name, path: join(folder, file), ...(password !== undefined && { password }) };
    });
}
