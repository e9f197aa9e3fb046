import { join } from 'node:path';
import { DisposableStore, failureData } from '@sigill/core';
import { map } from 'rxjs';
import { traced } from '../cards/traced.js';
import { hostRequester } from '../desk/requester.js';
import { documentsFolder } from '../documents/documents-folder.js';
import type { Host } from '../host.js';
import type { Hand } from '../simulate/hand.js';
import { FileLog } from '../log/file-log.js';
import type { Texts } from '../messages/texts.js';
import { ownChoices } from '../own-choices.js';
import { ownFolder, type Paths } from '../paths.js';
import { findPlugins } from '../plugins/finder.js';
import { Forerunner } from '../plugins/forerunner.js';
import { readProfiles } from '../read-profiles.js';
import { Settings } from '../settings/settings.js';
import { SettingsFile } from '../settings/settings-file.js';
import type { Given } from '../wiring.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { promptFor } from './prompts.js';
import type { Simulation } from './simulation.js';

/** Takes one line of a trace. */
export type Sink = (line: string) => void;

export interface OpenSettings {
  readonly io: Io;
  readonly texts: Texts;
  readonly options: Options;
  readonly paths: Paths;
  readonly trace?: Sink | undefined;
  /** The plugin that the host is opened for: its process starts at once. */
  readonly plugin?: string | undefined;
}

/** Lends a host for the length of `use`; afterwards every plugin has ended, every connection is given back and the log closed. */
export async function openHost<T>(settings: OpenSettings, use: (host: Host) => Promise<T>): Promise<T> {
  return await withGiven(settings, (given) => lendHost(given, use));
}

/** Lends what a host is made from; the log is closed and the simulated cards are let go afterwards. */
export async function withGiven<T>(
  settings: OpenSettings,
  use: (given: Given, hand: Hand | undefined) => Promise<T>,
): Promise<T> {
  const { io, texts, options, paths, trace, plugin } = settings;
  const kept = new DisposableStore();
  const log = kept.add(new FileLog(join(ownFolder(paths.state), 'sigill.log')));
  try {
    const found = await findPlugins(paths.plugins);
    const forerunner = kept.add(new Forerunner(found.plugins, plugin));
    const { profiles, broken, plugins } = await readProfiles(found.plugins);
    for (const { facts } of broken) log.warn(`card profile ${String(facts['path'])}: ${String(facts['why'])}`);
    const { pcsc, kept: cards, hand } = await openCards(settings);
    kept.add(cards);
    const file = new SettingsFile(join(paths.config, 'settings.json'));
    const chosen = new Settings(file, (why) => log.warn(`settings set aside: ${why}`));
    const given: Given = {
      paths,
      log,
      own: ownChoices(chosen),
      settings: (plugin) => chosen.chosen.pipe(map(({ plugins: theirs }) => theirs[plugin]?.values ?? {})),
      documents: () => documentsFolder(io.environment, io.home),
      plugins: { ...found, plugins },
      begun: (folder) => forerunner.take(folder),
      profiles,
      language: () => texts.language,
      pcsc: trace === undefined ? pcsc : traced(pcsc, trace),
      prompt: promptFor(io, texts, options),
      programs: { home: io.home, environment: io.environment },
      requester: hostRequester,
      signal: io.signal,
    };
    return await use(given, hand);
  } catch (error) {
    log.info(`ended with ${failureData(error).code}`);
    throw error;
  } finally {
    kept.dispose();
  }
}

/** Wires a host and ends it after `use`. */
export async function lendHost<T>(given: Given, use: (host: Host) => Promise<T>): Promise<T> {
  // Loaded while a plugin's process is starting.
  const { wireHost } = await import('../wiring.js');
  const host = wireHost(given);
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}

async function openCards({ io, options, paths }: OpenSettings): Promise<Simulation> {
  const { simulate: cards } = options;
  if (cards === undefined) {
    const { openPcsc } = await import('../cards/open-pcsc.js');
    return { pcsc: await openPcsc(), kept: { dispose: () => {} } };
  }
  // Only who simulates pays for the simulator.
  const { simulate } = await import('./simulation.js');
  const faults = io.environment['SIGILL_SIMULATE_FAULTS'];
  return await simulate({ cards, folder: join(paths.state, 'simulated'), faults, signal: io.signal });
}
