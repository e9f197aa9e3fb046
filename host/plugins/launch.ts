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
  type Reader,
  type SettingValue,
  type ProgressStep,
} from '@sigill/core';
import type { Observable } from 'rxjs';
import { Allowance } from './allowance.js';
import type { Clock } from './clock.js';
import type { PanelContent } from './call-data.js';
import { failureFrom } from './failure-from.js';
import type { FoundPlugin } from './finder.js';
import { answerHostCalls } from './host-calls.js';
import type { Offers } from './offers.js';
import { PluginProcess } from './plugin-process.js';
import { readableFor } from './readable.js';
import { type SpawnedPlugin, spawnPlugin } from './spawn-plugin.js';
import type { PluginServices } from './plugin-services.js';
import type { PluginLimits } from './limits.js';
import { admit } from './admit.js';
import type { Asking, RunningCommands } from './running-commands.js';
import type { Supervisor } from './supervisor.js';

export interface LaunchOptions extends PluginServices {
  readonly plugin: FoundPlugin;
  readonly log: Log;
  readonly language: () => Language;
  readonly clock: Clock;
  readonly limits: PluginLimits;
  readonly runner: string;
  /** Gives a process of the plugin in this folder that was started already. */
  readonly begun?: ((folder: string) => SpawnedPlugin | undefined) | undefined;
  readonly offers: Offers;
  readonly showPanel: (panel: PanelContent) => void;
  /** The values of the plugin's own settings: what is, replaying. */
  readonly settings: Observable<Readonly<Record<string, SettingValue>>>;
  /** Who keeps the process; asked once it runs. */
  readonly supervisor: () => Supervisor;
}

const logRate = { burst: 200, perSecond: 20 };
/** Messages of a plugin that works on documents, a batch of them too; each 4 KiB count as one. */
const documentsRate = { burst: 20_000, perSecond: 5_000 };

/** Starts a plugin's process, connects it with the host's services and loads the plugin. Fails as the plugin fails to start. */
export function launcher(options: LaunchOptions): (signal: AbortSignal) => Promise<PluginProcess> {
  const { plugin, cards, clock, limits, runner } = options;
  const { manifest, folder } = plugin;
  const { name, permissions, main = '' } = manifest;
  const log = prefixed(options.log, `${name}: `);
  return async (signal) => {
    const gone = new AbortController();
    const commands = (): RunningCommands => options.supervisor().commands;
    const ending = (run?: string): AbortSignal => AbortSignal.any([gone.signal, commands().cancelled(run)]);
    /** Whom a run asks, and in whose name: who started it elsewhere is asked there. */
    const asked = (run?: string): [Pick<Asking, 'pins' | 'signing' | 'decrypting' | 'programs'>, string] => {
      const asking = commands().asking(run);
      return [asking ?? options, requesterOf(plugin, asking?.language ?? options.language())];
    };
    const answer = answerHostCalls({
      manifest,
      cards,
      pins: (run) => {
        const [asking, requester] = asked(run);
        return asking.pins(requester, ending(run));
      },
      signing: (run) => {
        const [asking, requester] = asked(run);
        const progress = (step: ProgressStep): void => {
          commands().advance();
          if (run === undefined) commands().reportAll(step);
          else commands().report({ run, step });
        };
        return asking.signing({ plugin: name, requester, signal: ending(run), progress });
      },
      decrypting: (run) => {
        const [asking, requester] = asked(run);
        return asking.decrypting(requester, ending(run));
      },
      documents: options.documents.for(name),
      net: options.net,
      trust: options.trust,
      keepSetting: (key, value) => options.keepSetting(name, key, value),
      programs: (run) => {
        const [{ programs }, requester] = asked(run);
        if (programs === undefined) throw new Failure('call-unknown', { call: 'programs' });
        return programs(requester, ending(run));
      },
      log,
      logAllowance: new Allowance(logRate, clock),
      offer: (offer) => options.offers.make(name, offer),
      showPanel: options.showPanel,
      progress: (report) => commands().report(report),
      commandRuns: (run) => (run === undefined ? commands().any : commands().has(run)),
      begin: (waits) => options.supervisor().begin(waits),
      advance: () => commands().advance(),
    });
    // What came with the program is as sure as the program, and starts at once.
    if (plugin.origin !== 'bundled') await admit(name, folder, runner);
    const spawned =
      options.begun?.(folder) ?? spawnPlugin({ folder, main, runner, reads: readableFor(folder, runner) });
    const rate = permissions.includes('documents') ? { rate: documentsRate } : {};
    const started = new PluginProcess({ plugin: name, spawned, clock, log, answer, ...rate });
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
      const ids = (manifest.contributes.commands ?? []).map(({ id }) => id);
      await started.call('plugin.start', { name, commands: ids, permissions }, limits.start);
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

function prefixed(log: Log, prefix: string): Log {
  return {
    debug: (line) => log.debug(prefix + line),
    info: (line) => log.info(prefix + line),
    warn: (line) => log.warn(prefix + line),
    error: (line) => log.error(prefix + line),
  };
}
