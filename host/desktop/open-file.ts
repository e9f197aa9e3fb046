import { spawn } from 'node:child_process';
import { type DesktopPlace, desktopProgram, type Launch } from '../window/desktop-program.js';

/** Opens a file or a folder in the program that the person has for it, and waits for nobody. Never fails: `failed` is told why nothing opened. */
export function openFile(place: DesktopPlace, path: string, failed: (why: string) => void): void {
  const launch = desktopProgram(path, place);
  if (launch === undefined) return failed('no program opens files');
  start(launch, place, failed);
}

/** Starts a program that goes its own way. Nothing passes through a shell. */
export function start({ program, args }: Launch, { environment }: DesktopPlace, failed: (why: string) => void): void {
  const child = spawn(program, args, { env: { ...environment }, detached: true, stdio: 'ignore', shell: false });
  child.once('error', ({ message }) => failed(`${program}: ${message}`));
  child.unref();
}
