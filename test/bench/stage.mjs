// A wired host, as the command line has it, for measuring from inside.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoPerson } from '../../host/dist/cli/demo/demo-person.js';
import { findPaths } from '../../host/dist/paths.js';
import { findPlugins } from '../../host/dist/plugins/finder.js';
import { readProfiles } from '../../host/dist/read-profiles.js';
import { wireHost } from '../../host/dist/wiring.js';

export const reader = 'Bench 00 00';
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** Lends a host on the cards of `pcsc`; its folders are temporary. */
export async function onStage(use, pcsc) {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-bench-'));
  const home = { XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder };
  const paths = findPaths(home, process.platform, folder);
  const plugins = await findPlugins(paths.plugins);
  const { profiles } = await readProfiles(plugins.plugins);
  const person = new DemoPerson();
  const { signal } = new AbortController();
  const given = {
    paths,
    log,
    plugins,
    profiles,
    language: () => 'en',
    pcsc,
    prompt: person,
    requester: 'bench',
    signal,
  };
  const host = wireHost(given);
  try {
    return await use({ host, person, settled: (told) => settled(host, told) });
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The reader at the moment when its card's state is told; `told` runs right then. */
async function settled(host, told = () => {}) {
  return new Promise((resolve) => {
    const watch = host.cards.readers.subscribe(([now]) => {
      if (now === undefined || now.state === 'reading' || now.state === 'empty') return;
      told();
      resolve(now);
      queueMicrotask(() => watch.unsubscribe());
    });
  });
}
