import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The absolute path of the first of `names` that can be run: on `PATH`, or as it stands when it is absolute. Never the current directory. */
export function findProgram(names: readonly string[], environment: Environment): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return names
    .flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
    .find(runnable);
}

/** True for a program of a snap, which cannot see hidden folders of a home. */
export function ofSnap(program: string): boolean {
  try {
    return [program, realpathSync(program)].some((path) => path.split(sep).includes('snap'));
  } catch {
    return false;
  }
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
