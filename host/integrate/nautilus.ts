import { join } from 'node:path';
import { shellWords } from './quoting.js';
import type { MenuFile, MenuProgram, MenuWordsIn } from './menu-file.js';

/** An extension of GNOME's Files, where the package that loads extensions in Python is installed. `data` is XDG_DATA_HOME. */
export function nautilusExtension(data: string, program: MenuProgram, words: MenuWordsIn): MenuFile {
  const titles = { en: words.en.title, sv: words.sv.title, fi: words.fi.title };
  // JSON of strings and lists of strings is Python too.
  const content = `# "Sign PDF document" in the menu of Files. Written by \`sigill integrate\`, taken away by \`sigill integrate --remove\`.
import locale
import subprocess

from gi.repository import GObject, Nautilus

COMMAND = ${JSON.stringify([program.command, ...program.args])}
TITLES = ${JSON.stringify(titles)}


class SigillSignPdf(GObject.GObject, Nautilus.MenuProvider):
    # Files 43 and later give the files alone, earlier ones the window before them.
    def get_file_items(self, *arguments):
        files = arguments[-1]
        paths = [file.get_location().get_path() for file in files]
        if not paths or None in paths or any(file.get_mime_type() != "application/pdf" for file in files):
            return []
        language = (locale.getlocale(locale.LC_MESSAGES)[0] or "en")[:2]
        item = Nautilus.MenuItem(name="Sigill::SignPdf", label=TITLES.get(language, TITLES["en"]))
        item.connect("activate", lambda _item: subprocess.Popen(COMMAND + paths))
        return [item]
`;
  return { path: join(data, 'nautilus-python', 'extensions', 'sigill_sign_pdf.py'), content, mode: 0o644 };
}

/** A script of GNOME's Files, under *Scripts* in its menu: what can be had without an extension. The file's name is the entry's. */
export function nautilusScript(
  data: string,
  program: MenuProgram,
  words: MenuWordsIn,
  language: 'en' | 'sv' | 'fi',
): MenuFile {
  // Files gives the paths one a line; a name with a line end in it cannot be told apart, and is not found.
  const content = `#!/bin/sh
# "Sign PDF document" in the menu of Files. Written by \`sigill integrate\`, taken away by \`sigill integrate --remove\`.
IFS='
'
set -f
exec ${shellWords(program)} $NAUTILUS_SCRIPT_SELECTED_FILE_PATHS
`;
  const name = words[language].title.replace(/[/\\]/g, ' ').replace(/^\.+/, '');
  return { path: join(data, 'nautilus', 'scripts', name), content, mode: 0o755 };
}
