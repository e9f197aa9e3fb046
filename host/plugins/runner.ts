// What a plugin's process does: it makes the plugin's container, binds the contract's proxies to the tokens, and loads the plugin.
import 'reflect-metadata';
import { Socket } from 'node:net';
import {
  Cards,
  Commands,
  Contribution,
  Decrypting,
  type Disposable,
  Documents,
  Failure,
  isFailure,
  Log,
  Net,
  Panels,
  Pins,
  Programs,
  Settings,
  Signing,
  Trust,
} from '@sigill/core';
import { Container, type ContainerModule } from 'inversify';
import { systemClock } from './clock.js';
import type { PluginStart } from './call-data.js';
import type { HostCalls, PluginCalls } from './contract.js';
import { harden } from './harden.js';
import { HostProxies } from './host-proxies.js';
import { Rpc } from './rpc.js';
import { whereItFailed } from './where-it-failed.js';

const stream = new Socket({ fd: 3, readable: true, writable: true });
// Without its host a plugin has nothing to do.
stream.on('close', () => process.exit(0));

let started: Disposable | undefined;
let proxies: HostProxies | undefined;
const rpc: Rpc<HostCalls> = new Rpc<HostCalls>(stream, {
  plugin: 'host',
  clock: systemClock,
  broken: () => process.exit(1),
  answer: (call, request) => {
    const handler = handlers.get(call);
    if (!handler) return Promise.reject(new Failure('call-unknown', { call }));
    return handler(request as never);
  },
});
const here = (): HostProxies => (proxies ??= new HostProxies(rpc));

const answers: PluginCalls = {
  'cards.changed': async ({ readers }) => here().changed(readers),
  'cards.happened': async ({ event }) => here().happened(event),
  'commands.cancel': async ({ run }) => here().cancel(run),
  'commands.run': (command) => noted(command.id, () => here().run(command)),
  'plugin.start': async (start) => {
    started = await noted('it does not start', () => load(start));
  },
  'plugin.stop': async () => {
    started?.dispose();
    // After the answer has gone out; the host closes the stream then.
    setImmediate(() => stream.end());
  },
  'settings.changed': async ({ values }) => here().set(values),
};
const handlers = new Map<string, (request: never) => Promise<unknown>>(Object.entries(answers));

/** A mistake of the plugin's author comes into its log with the place; the host is told the message alone. */
async function noted<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFailure(error)) here().log.error(`${what}: ${whereItFailed(error)}`);
    throw error;
  }
}

/** A plugin's main module. */
export interface PluginModule {
  readonly default?: Partial<ContainerModule>;
}

let main: Promise<PluginModule> = Promise.resolve({});

/** Loads the plugin while the host is still being made; its contribution starts when the host says so, and what is wrong with it is told then. */
export function runPlugin(load: () => Promise<PluginModule>): void {
  harden();
  main = load();
  main.catch(() => {});
}

async function load({ commands, permissions }: PluginStart): Promise<Disposable> {
  here().expect(commands, permissions);
  const { default: module } = await main;
  if (module === undefined) throw new Error('its main module has no default export');
  if (typeof module.load !== 'function')
    throw new Error('the default export of its main module is no ContainerModule of inversify');
  const container = new Container();
  container.bind<Cards>(Cards).toConstantValue(here().cards);
  container.bind<Pins>(Pins).toConstantValue(here().pins);
  container.bind<Signing>(Signing).toConstantValue(here().signing);
  container.bind<Decrypting>(Decrypting).toConstantValue(here().decrypting);
  container.bind<Commands>(Commands).toConstantValue(here().commands);
  container.bind<Documents>(Documents).toConstantValue(here().documents);
  container.bind<Net>(Net).toConstantValue(here().net);
  container.bind<Trust>(Trust).toConstantValue(here().trust);
  container.bind<Programs>(Programs).toConstantValue(here().programs);
  container.bind<Panels>(Panels).toConstantValue(here().panels);
  container.bind<Settings>(Settings).toConstantValue(here().settings);
  container.bind<Log>(Log).toConstantValue(here().log);
  await container.load(module as ContainerModule);
  if (!container.isBound(Contribution)) throw new Error('it provides no Contribution');
  const contribution = await container.getAsync<Contribution>(Contribution);
  return contribution.start();
}
