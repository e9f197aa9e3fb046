import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The person's folder of documents, else of downloads, else their home (xdg-user-dirs; the platform's own names elsewhere). */
export function documentsFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const named = environment['XDG_CONFIG_HOME'];
  const config = named !== undefined && isAbsolute(named) ? named : join(home, '.config');
  const chosen = userDirs(join(config, 'user-dirs.dirs'), home);
  const places = [chosen.get('DOCUMENTS'), chosen.get('DOWNLOAD'), join(home, 'Documents'), join(home, 'Downloads')];
  return places.find((place) => place !== undefined && existsSync(place)) ?? home;
}

/** `XDG_DOCUMENTS_DIR="$HOME/Dokument"`: absolute, or below the home; what is the home itself was not chosen (user-dirs.dirs(5)). */
function userDirs(path: string, home: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of read(path).matchAll(/^\s*XDG_([A-Z]+)_DIR="([^"\n]*)"/gm)) {
    const plain = value.replace(/\\(.)/g, '$1');
    const place = plain.startsWith('$HOME/') ? join(home, plain.slice('$HOME/'.length)) : plain;
    if (isAbsolute(place) && place !== home && plain !== '$HOME/') found.set(name, place);
  }
  return found;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
