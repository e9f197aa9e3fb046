import { join } from 'node:path';
import { named } from './open-with.js';
import { shellWords } from './quoting.js';
import type { MenuFile, MenuProgram, MenuWordsIn } from './menu-file.js';

/** An action of Nemo (linuxmint/nemo, `files/usr/share/nemo/actions/sample.nemo_action`). `data` is XDG_DATA_HOME. */
export function nemo(data: string, program: MenuProgram, words: MenuWordsIn): MenuFile {
  // Nemo parses Exec with GLib's shell rules, and puts what stands for the files into quotes itself.
  const exec = `${shellWords(program).replaceAll('%', '%%').replaceAll('\\', '\\\\')} %F`;
  const lines = [
    '[Nemo Action]',
    'Active=true',
    ...named('Name', (language) => words[language].title),
    ...named('Comment', (language) => words[language].comment),
    `Exec=${exec}`,
    'Selection=notnone',
    'Mimetypes=application/pdf;',
    'Quote=double',
    'EscapeSpaces=false',
  ];
  const path = join(data, 'nemo', 'actions', 'sigill-sign-pdf.nemo_action');
  return { path, content: `${lines.join('\n')}\n`, mode: 0o644 };
}
