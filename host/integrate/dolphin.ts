import { join } from 'node:path';
import { named } from './open-with.js';
import { desktopExec } from './quoting.js';
import type { MenuFile, MenuProgram, MenuWordsIn } from './menu-file.js';

/** A service menu of KDE's Dolphin (develop.kde.org, *Creating Dolphin service menus*). `data` is XDG_DATA_HOME. */
export function dolphin(data: string, program: MenuProgram, words: MenuWordsIn): MenuFile {
  const lines = [
    '[Desktop Entry]',
    'Type=Service',
    'MimeType=application/pdf;',
    'X-KDE-Priority=TopLevel',
    'X-KDE-ServiceTypes=KonqPopupMenu/Plugin',
    'Actions=sigillSign;',
    '',
    '[Desktop Action sigillSign]',
    ...named('Name', (language) => words[language].title),
    'Icon=document-sign',
    `Exec=${desktopExec(program, '%F')}`,
  ];
  const path = join(data, 'kio', 'servicemenus', 'sigill-sign-pdf.desktop');
  // KIO shows a service menu of the person's own only when it may be executed.
  return { path, content: `${lines.join('\n')}\n`, mode: 0o755 };
}
