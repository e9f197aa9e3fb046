import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CardEvent,
  type Cards,
  type CommandHandler,
  type CommandResult,
  type Commands,
  type Decrypting,
  type Documents,
  Failure,
  type Log,
  type Net,
  type Panels,
  type Permission,
  type Pins,
  type Programs,
  type ProgressStep,
  type Reader,
  type Settings,
  type SettingValue,
  type Signing,
  type Trust,
} from '@sigill/core';
import { defer, distinctUntilChanged, map, type Observable, ReplaySubject, Subject } from 'rxjs';
import type { OfRun, RunCall, RunId } from './call-data.js';
import type { HostCalls } from './contract.js';
import { askingOver } from './asking-proxies.js';
import { documentsOver, netOver, trustOver } from './host-work-proxies.js';
import { soon } from './call-times.js';
import type { Rpc } from './rpc.js';

/** What a plugin finds behind the tokens in its own process: each call goes to the host. */
export class HostProxies {
  readonly cards: Cards;
  readonly pins: Pins;
  readonly signing: Signing;
  readonly commands: Commands;
  readonly decrypting: Decrypting;
  readonly documents: Documents;
  readonly net: Net;
  readonly trust: Trust;
  readonly log: Log;
  readonly panels: Panels;
  readonly programs: Programs;
  readonly settings: Settings;
  readonly #rpc: Rpc<HostCalls>;
  // Tells which run a call comes from, through everything that its handler awaits.
  readonly #runs = new AsyncLocalStorage<RunId>();
  readonly #values = new ReplaySubject<Readonly<Record<string, SettingValue>>>(1);
  #settings: readonly string[] = [];
  readonly #readers = new ReplaySubject<readonly Reader[]>(1);
  readonly #events = new Subject<CardEvent>();
  readonly #handlers = new Map<string, CommandHandler>();
  readonly #cancelled = new Set<string>();
  #known: readonly string[] = [];
  #permissions: readonly Permission[] = [];

  constructor(rpc: Rpc<HostCalls>) {
    this.#rpc = rpc;
    this.cards = {
      readers: this.#ofCards(this.#readers),
      events: this.#ofCards(this.#events),
      details: (card) => rpc.call('cards.details', { card }, soon),
      certificate: (card, id) => rpc.call('cards.certificate', { card, id }, soon),
    };
    const asking = askingOver(rpc, () => this.#ofRun());
    this.pins = asking.pins;
    this.signing = asking.signing;
    this.decrypting = asking.decrypting;
    this.programs = asking.programs;
    this.documents = documentsOver(rpc);
    this.net = netOver(rpc);
    this.trust = trustOver(rpc);
    this.commands = {
      register: (id, handler) => {
        if (!this.#known.includes(id)) throw new Error(`the command ${id} does not stand in its manifest`);
        this.#handlers.set(id, handler);
        return { dispose: () => void (this.#handlers.get(id) === handler && this.#handlers.delete(id)) };
      },
      offer: (id, args) => rpc.call('commands.offer', { id, args }, soon),
    };
    this.panels = { show: (id, elements) => rpc.call('panels.show', { id, elements }, soon) };
    this.settings = {
      value: (key) => {
        if (!this.#settings.includes(key)) throw new Failure('setting-unknown', { key });
        return this.#values.pipe(
          map((values) => values[key] as SettingValue),
          distinctUntilChanged(),
        );
      },
      keep: (key, value) => rpc.call('settings.keep', { key, value }, soon),
    };
    const write = (level: 'debug' | 'info' | 'warn' | 'error') => (line: string) =>
      rpc.tell('log.write', { level, line: line.slice(0, 10_000) });
    this.log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  }

  /** What the manifest says: handlers of other commands are refused. */
  expect(commands: readonly string[], permissions: readonly Permission[]): void {
    this.#known = commands;
    this.#permissions = permissions;
  }

  changed(readers: readonly Reader[]): void {
    this.#readers.next(readers);
  }

  /** The values of all settings of the manifest. */
  set(values: Readonly<Record<string, SettingValue>>): void {
    this.#settings = Object.keys(values);
    this.#values.next(values);
  }

  happened(event: CardEvent): void {
    this.#events.next(event);
  }

  /** Runs a registered command. Fails as its handler fails. */
  async run({ id, args, run, language }: RunCall): Promise<CommandResult> {
    const handler = this.#handlers.get(id);
    if (!handler) throw new Error(`it has registered nothing for the command ${id}`);
    const progress = { report: (step: ProgressStep) => this.#rpc.tell('progress.report', { run, step }) };
    const cancelled = (): boolean => this.#cancelled.has(run);
    const handled = this.#runs.run(run, () => handler(args, progress, { language, cancelled }));
    return await handled.finally(() => this.#cancelled.delete(run));
  }

  /** The person gave up a run. */
  cancel(run: string): void {
    this.#cancelled.add(run);
  }

  /** Nothing comes without the permission, and nothing fails: its author reads why in the log. */
  #ofCards<T>(stream: Observable<T>): Observable<T> {
    return defer(() => {
      if (!this.#permissions.includes('cards')) this.log.warn('it follows cards without the permission cards');
      return stream;
    });
  }

  #ofRun(): OfRun {
    const run = this.#runs.getStore();
    return run === undefined ? {} : { run };
  }
}
