import { dirname, join, resolve } from 'node:path';
import {
  type Cards,
  type Disposable,
  DisposableStore,
  Failure,
  failureData,
  inLanguage,
  isFailure,
  type Language,
  type Log,
  type Pins,
  type Programs,
  type Reader,
  type SettingValue,
  type Signing,
} from '@sigill/core';
import type { Observable } from 'rxjs';
import { Allowance } from './allowance.js';
import { borrow } from './borrowed.js';
import type { Clock } from './clock.js';
import type { PanelContent } from './contract.js';
import { failureFrom } from './failure-from.js';
import type { FoundPlugin } from './finder.js';
import { answerHostCalls } from './host-calls.js';
import { leavingLink } from './leaving-link.js';
import type { Offers } from './offers.js';
import { packageFolder, packageFolders } from './packages.js';
import { PluginProcess } from './plugin-process.js';
import type { PluginLimits } from './limits.js';
import type { Supervisor } from './supervisor.js';

export interface LaunchOptions {
  readonly plugin: FoundPlugin;
  readonly cards: Cards;
  readonly pins: (requester: string, signal: AbortSignal) => Pins;
  readonly signing: (requester: string, signal: AbortSignal) => Signing;
  readonly programs?: ((signal: AbortSignal) => Programs) | undefined;
  readonly log: Log;
  readonly language: () => Language;
  readonly clock: Clock;
  readonly limits: PluginLimits;
  readonly runner: string;
  readonly offers: Offers;
  readonly showPanel: (panel: PanelContent) => void;
  /** The values of the plugin's own settings: what is, replaying. */
  readonly settings: Observable<Readonly<Record<string, SettingValue>>>;
  /** Who keeps the process; asked once it runs. */
  readonly supervisor: () => Supervisor;
}

/** Mebibytes of a plugin's heap. */
const memory = 128;
const logRate = { burst: 200, perSecond: 20 };

/** Starts a plugin's process, connects it with the host's services and loads the plugin. Fails as the plugin fails to start. */
export function launcher(options: LaunchOptions): (signal: AbortSignal) => Promise<PluginProcess> {
  const { plugin, cards, clock, limits, runner } = options;
  const { manifest, folder } = plugin;
  const { name, permissions, main = '' } = manifest;
  const log = prefixed(options.log, `${name}: `);
  return async (signal) => {
    const gone = new AbortController();
    const requester = (): string => requesterOf(plugin, options.language());
    const asking = (): AbortSignal => AbortSignal.any([gone.signal, options.supervisor().commands.cancelled]);
    const answer = answerHostCalls({
      manifest,
      cards,
      pins: () => options.pins(requester(), asking()),
      signing: () => options.signing(requester(), asking()),
      programs: options.programs && (() => options.programs!(asking())),
      log,
      logAllowance: new Allowance(logRate, clock),
      offer: (offer) => options.offers.make(name, offer),
      showPanel: options.showPanel,
      progress: (report) => options.supervisor().commands.report(report),
      commandRuns: () => options.supervisor().commands.any,
      begin: (person) => options.supervisor().begin(person),
    });
    const leaving = await leavingLink(folder);
    if (leaving !== undefined)
      throw new Failure('plugin-failed', { plugin: name, why: `the link ${leaving} leads out of it` });
    await borrow(folder, dirname(runner));
    const reads = [
      ...new Set([folder, ...programFiles(runner), ...sharedFiles(folder), ...sharedFiles(dirname(runner))]),
    ];
    const started = new PluginProcess({ plugin: name, folder, runner, sandbox: { reads, memory }, clock, log, answer });
    const watch = new DisposableStore();
    if (permissions.includes('cards')) watch.add(watchCards(cards, started));
    if ((manifest.contributes.settings ?? []).length > 0) watch.add(watchSettings(options.settings, started));
    const abort = (): void => started.dispose();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    void started.ended.then(() => {
      signal.removeEventListener('abort', abort);
      gone.abort();
      watch.dispose();
    });
    try {
      const commands = (manifest.contributes.commands ?? []).map(({ id }) => id);
      await started.call('plugin.start', { name, main: resolve(folder, main), commands }, limits.start);
      return started;
    } catch (error) {
      // The reason of its end says more than that it ended.
      if (!isFailure(error, 'plugin-ended')) started.kill(failureFrom(failureData(error), name));
      const why = await started.ended;
      throw why ? failureFrom(why, name) : new Failure('plugin-ended', { plugin: name });
    }
  };
}

/** Who asks, as the person is told: what the plugin calls itself, and the name that the host knows it by. */
export function requesterOf({ manifest }: FoundPlugin, language: Language): string {
  const title = inLanguage(manifest.title, language);
  return title === manifest.name ? title : `${title} (${manifest.name})`;
}

function watchCards(cards: Cards, started: PluginProcess): Disposable {
  const readers = cards.readers.subscribe((now: readonly Reader[]) => started.tell('cards.changed', { readers: now }));
  readers.add(cards.events.subscribe((event) => started.tell('cards.happened', { event })));
  return { dispose: () => readers.unsubscribe() };
}

function watchSettings(settings: LaunchOptions['settings'], started: PluginProcess): Disposable {
  const watch = settings.subscribe((values) => started.tell('settings.changed', { values }));
  return { dispose: () => watch.unsubscribe() };
}

/** The runner's own folder, and the package that it belongs to. */
function programFiles(runner: string): readonly string[] {
  const here = dirname(runner);
  return [here, resolve(here, '../../package.json'), resolve(here, '../package.json')];
}

/** What the runner and every plugin need to be loaded, as found from a folder: core's own files, and packages with all that they depend on. */
function sharedFiles(from: string): readonly string[] {
  const packages = packageFolders(['inversify', 'reflect-metadata', 'rxjs', 'vscode-jsonrpc'], from);
  const core = packageFolder('@sigill/core', from);
  const coreFiles = core ? [core.path, join(core.real, 'dist'), join(core.real, 'package.json')] : [];
  return [...coreFiles, ...packages.flatMap(({ path, real }) => [path, real])];
}

function prefixed(log: Log, prefix: string): Log {
  return {
    debug: (line) => log.debug(prefix + line),
    info: (line) => log.info(prefix + line),
    warn: (line) => log.warn(prefix + line),
    error: (line) => log.error(prefix + line),
  };
}
