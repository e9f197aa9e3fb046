import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '@sigill/core';
import {
  everyFile,
  type FileManager,
  type IntegrationPlace,
  integrations,
  type MenuEntry,
  personFolders,
} from './integrations.js';
import { hasThunarAction, withoutThunarAction, withThunarAction } from './thunar.js';

/** What was done, or is there. */
export interface Integrated {
  readonly manager: FileManager;
  readonly paths: readonly string[];
}

/** Where Thunar's own actions stand while the person has none: a file of the person's hides them, so ours begins with them. */
const thunarDefaults = '/etc/xdg/Thunar/uca.xml';

/** Puts *Sign PDF document* into the menus of the file managers. Whole files are written beside and renamed; done twice it changes nothing. Fails with `file-unwritable`. */
export function integrate(place: IntegrationPlace, entry: MenuEntry, all = false): readonly Integrated[] {
  const done: Integrated[] = [];
  const wanted = integrations(place, entry, all);
  const kept = new Set(wanted.flatMap(({ files }) => files.map(({ path }) => path)));
  // The entry in another language, or of the other kind, would stand beside it.
  for (const path of everyFile(place, entry)) if (!kept.has(path) && existsSync(path)) remove(path, place);
  for (const { manager, files } of wanted) {
    for (const { path, content, mode } of files) write(path, content, mode);
    done.push({ manager, paths: files.map(({ path }) => path) });
  }
  if (place.platform === 'linux' && (all || place.has('thunar'))) {
    const path = thunarActions(place);
    const text = withThunarAction(textOf(path) ?? textOf(thunarDefaults), entry.program, entry.words);
    if (text === undefined) throw new Failure('file-unwritable', { path, why: 'not a file of Thunar' });
    if (text !== textOf(path)) write(path, text, 0o644);
    done.push({ manager: 'thunar', paths: [path] });
  }
  return done;
}

/** Takes all of it away again, and folders of file managers that are empty then; what others put there stays. Fails with `file-unwritable`. */
export function disintegrate(place: IntegrationPlace, entry: MenuEntry): readonly string[] {
  const taken: string[] = [];
  for (const path of everyFile(place, entry)) {
    if (!existsSync(path)) continue;
    remove(path, place);
    taken.push(path);
  }
  const path = thunarActions(place);
  const text = textOf(path);
  if (text !== undefined && hasThunarAction(text)) {
    const rest = withoutThunarAction(text);
    // What is no more than Thunar's own defaults was made by us.
    if (rest === textOf(thunarDefaults) || !rest.includes('<action>')) remove(path, place);
    else write(path, rest, 0o644);
    taken.push(path);
  }
  return taken;
}

/** True when the entry stands in the menu of at least one file manager. */
export function isIntegrated(place: IntegrationPlace, entry: MenuEntry): boolean {
  return everyFile(place, entry).some(existsSync) || hasThunarAction(textOf(thunarActions(place)) ?? '');
}

function thunarActions(place: IntegrationPlace): string {
  return join(personFolders(place).config, 'Thunar', 'uca.xml');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function write(path: string, content: string | Uint8Array, mode: number): void {
  const beside = `${path}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, content, { mode });
    renameSync(beside, path);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    throw unwritable(path, error);
  }
}

function remove(path: string, place: IntegrationPlace): void {
  try {
    rmSync(path);
  } catch (error) {
    throw unwritable(path, error);
  }
  const { data, config } = personFolders(place);
  const kept = [data, config, join(place.home, 'Library', 'Services')];
  try {
    for (let folder = dirname(path); !kept.includes(folder); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Not empty: others have files there.
  }
}

function unwritable(path: string, error: unknown): Failure {
  return new Failure('file-unwritable', { path, why: error instanceof Error ? error.message : String(error) }, error);
}
