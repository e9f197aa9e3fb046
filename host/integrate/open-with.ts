import { join } from 'node:path';
import { desktopExec } from './quoting.js';
import type { MenuFile, MenuProgram, MenuWordsIn } from './menu-file.js';

/** The desktop entry (specification 1.5) that stands under *Open with* in every file manager of Linux. `data` is XDG_DATA_HOME. */
export function openWith(data: string, program: MenuProgram, words: MenuWordsIn): MenuFile {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    ...named('Name', (language) => words[language].title),
    ...named('Comment', (language) => words[language].comment),
    `Exec=${desktopExec(program, '%F')}`,
    'MimeType=application/pdf;',
    'Terminal=false',
    'NoDisplay=true',
    'StartupNotify=false',
  ];
  return { path: join(data, 'applications', 'sigill-sign-pdf.desktop'), content: `${lines.join('\n')}\n`, mode: 0o644 };
}

/** A key of a desktop entry in all languages. */
export function named(key: string, text: (language: 'en' | 'sv' | 'fi') => string): readonly string[] {
  return [`${key}=${text('en')}`, `${key}[sv]=${text('sv')}`, `${key}[fi]=${text('fi')}`];
}
