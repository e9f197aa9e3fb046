import { windowsWords } from './quoting.js';
import type { MenuProgram } from './menu-file.js';

/** Where the verb stands. */
export const registryKey = String.raw`HKEY_CURRENT_USER\Software\Classes\SystemFileAssociations\.pdf\shell\Sigill.SignPdf`;

/** A registry file (`reg import`) with the verb on PDF files for this person (learn.microsoft.com, *Creating Shortcut Menu Handlers*): UTF-16, little-endian, with its mark. */
export function registryVerb(program: MenuProgram, title: string): Uint8Array {
  const command = `${windowsWords(program)} "%1"`;
  return registryFile([
    `[${registryKey}]`,
    `"MUIVerb"=${quoted(title)}`,
    '"MultiSelectModel"="Player"',
    '',
    `[${registryKey}\\command]`,
    `@=${quoted(command)}`,
  ]);
}

function registryFile(lines: readonly string[]): Uint8Array {
  const text = ['Windows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n');
  return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
