import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { dolphin } from './dolphin.js';
import { quickAction } from './macos.js';
import type { MenuFile, MenuProgram, MenuWordsIn } from './menu-file.js';
import { nautilusExtension, nautilusScript } from './nautilus.js';
import { nemo } from './nemo.js';
import { openWith } from './open-with.js';
import { registryVerb } from './windows.js';

export type FileManager = 'open-with' | 'nautilus' | 'nemo' | 'dolphin' | 'thunar' | 'explorer' | 'finder';

export interface IntegrationPlace {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** True for a program on the search path. */
  readonly has: (program: string) => boolean;
  /** True where GNOME's Files loads extensions in Python. */
  readonly nautilusPython: boolean;
}

/** What is put where for one file manager. */
export interface Integration {
  readonly manager: FileManager;
  readonly files: readonly MenuFile[];
}

export interface MenuEntry {
  readonly program: MenuProgram;
  readonly words: MenuWordsIn;
  /** For the menus that have room for one language alone. */
  readonly language: Language;
}

/** XDG_DATA_HOME and XDG_CONFIG_HOME of the person; a relative path is not valid (base directory specification 0.8). */
export function personFolders({ environment, home }: Pick<IntegrationPlace, 'environment' | 'home'>) {
  const named = (variable: string, otherwise: string): string => {
    const path = environment[variable];
    return path?.startsWith('/') === true ? path : otherwise;
  };
  return {
    data: named('XDG_DATA_HOME', join(home, '.local', 'share')),
    config: named('XDG_CONFIG_HOME', join(home, '.config')),
  };
}

/** The file managers of this computer that take files of ours; *Open with* always does. `all` counts those that are not installed too. Thunar is apart: it keeps everybody's in one file. Explorer's file is to be imported. */
export function integrations(place: IntegrationPlace, entry: MenuEntry, all = false): readonly Integration[] {
  const { platform, home, has, nautilusPython } = place;
  const { program, words, language } = entry;
  if (platform === 'darwin') return [{ manager: 'finder', files: quickAction(home, program, words[language].title) }];
  if (platform === 'win32') {
    const path = join(place.environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Sigill', 'sign-pdf.reg');
    return [
      { manager: 'explorer', files: [{ path, content: registryVerb(program, words[language].title), mode: 0o644 }] },
    ];
  }
  const { data } = personFolders(place);
  const wanted = (name: string): boolean => all || has(name);
  const files = nautilusPython
    ? nautilusExtension(data, program, words)
    : nautilusScript(data, program, words, language);
  return [
    { manager: 'open-with', files: [openWith(data, program, words)] },
    ...(wanted('nautilus') ? [{ manager: 'nautilus' as const, files: [files] }] : []),
    ...(wanted('nemo') ? [{ manager: 'nemo' as const, files: [nemo(data, program, words)] }] : []),
    ...(wanted('dolphin') ? [{ manager: 'dolphin' as const, files: [dolphin(data, program, words)] }] : []),
  ];
}

/** Every file that any of them may have put somewhere, for taking away: of all languages, and of both kinds for Files. */
export function everyFile(place: IntegrationPlace, entry: MenuEntry): readonly string[] {
  const kinds = [true, false].flatMap((nautilusPython) =>
    (['en', 'sv', 'fi'] as const).flatMap((language) =>
      integrations({ ...place, nautilusPython }, { ...entry, language }, true),
    ),
  );
  return [...new Set(kinds.flatMap(({ files }) => files.map(({ path }) => path)))];
}
