import type { MenuProgram } from './menu-file.js';

/** Desktop entry specification 1.5, *The Exec key*: quoted, with the reserved characters escaped, and once more as a string. */
export function desktopExec({ command, args }: MenuProgram, field = ''): string {
  const quoted = [command, ...args].map((part) => `"${part.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`);
  return [quoted.join(' ').replaceAll('\\', '\\\\'), field].join(' ').trim();
}

/** For a POSIX shell: nothing in single quotes means anything but the quote itself. */
export function shellWords({ command, args }: MenuProgram): string {
  return [command, ...args].map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ');
}

/** Text of an XML element or attribute. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** `CommandLineToArgvW`: backslashes count only before a quote. */
export function windowsWords({ command, args }: MenuProgram): string {
  return [command, ...args]
    .map((part) => `"${part.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`)
    .join(' ');
}
