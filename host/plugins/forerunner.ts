import type { Disposable } from '@sigill/core';
import type { FoundPlugin } from './finder.js';
import { readableFor } from './readable.js';
import { pluginRunner } from './runner-module.js';
import { type SpawnedPlugin, spawnPlugin } from './spawn-plugin.js';

/**
 * The process of a plugin that is going to be needed, started while the host is still being made; `dispose` ends it unless it was taken.
 * Only of one that came with the program: others are looked at before anything of them starts.
 */
export class Forerunner implements Disposable {
  readonly #folder: string | undefined;
  #spawned: SpawnedPlugin | undefined;

  constructor(plugins: readonly FoundPlugin[], wanted: string | undefined) {
    const plugin = plugins.find(({ manifest, origin }) => manifest.name === wanted && origin === 'bundled');
    const { folder, manifest: { main } = {} } = plugin ?? {};
    if (folder === undefined || main === undefined) return;
    this.#folder = folder;
    this.#spawned = spawnPlugin({
      folder,
      main,
      runner: pluginRunner,
      reads: readableFor(folder, pluginRunner),
    });
  }

  /** The process of the plugin in `folder`, once. */
  take(folder: string): SpawnedPlugin | undefined {
    if (folder !== this.#folder) return undefined;
    const spawned = this.#spawned;
    this.#spawned = undefined;
    return spawned;
  }

  dispose(): void {
    this.#spawned?.child.kill('SIGKILL');
    this.#spawned = undefined;
  }
}
