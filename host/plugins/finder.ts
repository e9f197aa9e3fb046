import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure, failureData, type FailureData, type Manifest } from '@sigill/core';
import { readManifest } from './manifest.js';
import { readTexts, type Texts } from './texts.js';

/** Who put a plugin where it was found; earlier ones have precedence. */
const origins = ['bundled', 'system', 'user'] as const;

export type Origin = (typeof origins)[number];

/** Where plugins are looked for; a folder that does not exist has none. */
export type PluginFolders = Readonly<Partial<Record<Origin, string>>>;

/** A plugin that can be used. */
export interface FoundPlugin {
  readonly origin: Origin;
  /** Real path, links followed. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly texts: Texts;
  /** What of it cannot be used, though the rest can: a card profile. */
  readonly failure?: FailureData;
}

/** A folder that looks like a plugin and cannot be used. */
export interface BrokenPlugin {
  readonly origin: Origin;
  readonly folder: string;
  /** The package's name when it could be read, else the folder's. */
  readonly name: string;
  readonly failure: FailureData;
}

export interface FoundPlugins {
  readonly plugins: readonly FoundPlugin[];
  readonly broken: readonly BrokenPlugin[];
}

/**
 * All plugins, by origin and then by folder name. One that is broken never stops the others. A name or a command that an earlier one has
 * makes the later one broken: what people installed cannot take the place of what came with the program.
 */
export async function findPlugins(folders: PluginFolders): Promise<FoundPlugins> {
  const plugins: FoundPlugin[] = [];
  const broken: BrokenPlugin[] = [];
  for (const origin of origins) {
    const read = await Promise.all((await pluginFolders(folders[origin])).map((folder) => readPlugin(origin, folder)));
    for (const found of read) {
      const taken = 'manifest' in found ? whatIsTaken(found.manifest, plugins) : undefined;
      if (!('manifest' in found)) broken.push(found);
      else if (taken === undefined) plugins.push(found);
      else broken.push(refused(found, taken));
    }
  }
  return { plugins, broken };
}

async function pluginFolders(parent: string | undefined): Promise<readonly string[]> {
  if (parent === undefined) return [];
  const names = await readdir(parent).catch(() => []);
  const folders = names.filter((name) => !name.startsWith('.') && name !== 'node_modules').sort();
  const kinds = await Promise.all(folders.map((name) => stat(join(parent, name)).catch(() => undefined)));
  return folders.filter((_, index) => kinds[index]?.isDirectory()).map((name) => join(parent, name));
}

async function readPlugin(origin: Origin, folder: string): Promise<FoundPlugin | BrokenPlugin> {
  try {
    const real = await realpath(folder);
    const texts = await readTexts(real);
    return { origin, folder: real, manifest: await readManifest(real, texts), texts };
  } catch (error) {
    return { origin, folder, name: basename(folder), failure: failureData(error) };
  }
}

function whatIsTaken(manifest: Manifest, earlier: readonly FoundPlugin[]): string | undefined {
  if (earlier.some((plugin) => plugin.manifest.name === manifest.name))
    return `another plugin is called ${manifest.name}`;
  const taken = new Map(
    earlier.flatMap((plugin) => commandsOf(plugin.manifest).map((id) => [id, plugin.manifest.name])),
  );
  const command = commandsOf(manifest).find((id) => taken.has(id));
  return command === undefined ? undefined : `the command ${command} belongs to ${taken.get(command)}`;
}

function commandsOf(manifest: Manifest): readonly string[] {
  return (manifest.contributes.commands ?? []).map(({ id }) => id);
}

function refused({ origin, folder, manifest }: FoundPlugin, why: string): BrokenPlugin {
  const failure = new Failure('manifest-invalid', { path: join(folder, 'package.json'), why });
  return { origin, folder, name: manifest.name, failure: failureData(failure) };
}
