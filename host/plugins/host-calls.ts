import {
  type Cards,
  type Decrypting,
  type Disposable,
  type Documents,
  Failure,
  type Log,
  type Manifest,
  type Net,
  type Pins,
  type Programs,
  type SettingValue,
  type Signing,
  type Trust,
} from '@sigill/core';
import type { Allowance } from './allowance.js';
import { requestShapes } from './call-shapes.js';
import { cleanLine } from './clean-text.js';
import {
  type CommandCall,
  type HostCall,
  hostCalls,
  type HostCalls,
  type OfRun,
  type PanelContent,
  type ProgressReport,
} from './contract.js';
import { Gate } from './gate.js';
import { Parcels } from './parcels.js';
import { checkPermission } from './permissions.js';
import type { Handlers } from './rpc.js';
import { isLikeCode, misfit } from './setting-values.js';
import { Mismatch } from './shape.js';
import { trustPage } from './trust-page.js';

/** What the calls of one plugin process reach. */
export interface HostServices {
  readonly manifest: Manifest;
  readonly cards: Cards;
  /** Made for each call, so that each can be given up by itself. */
  readonly pins: (run?: string) => Pins;
  readonly signing: (run?: string) => Signing;
  readonly decrypting: (run?: string) => Decrypting;
  readonly documents: Documents;
  readonly net: Net;
  readonly trust: Trust;
  readonly keepSetting: (key: string, value: SettingValue) => void;
  /** Fails with `call-unknown` in a host that has no programs to set up. */
  readonly programs: (run?: string) => Programs;
  readonly log: Log;
  readonly logAllowance: Allowance;
  readonly offer: (offer: CommandCall) => void;
  readonly showPanel: (panel: PanelContent) => void;
  readonly progress: (report: ProgressReport) => void;
  /** True while that run of its commands goes on, or any without a name: a person started it. */
  readonly commandRuns: (run?: string) => boolean;
  /** A call is under way until given back; `waits` when the plugin waits for a person or for the host's work. */
  readonly begin: (waits: boolean) => Disposable;
  /** A step that a person can see is done: a signature, a file. */
  readonly advance: () => void;
}

/** What changes programs' files, has a PIN asked for, or waits for a person to close a program. */
const changesPrograms: readonly HostCall[] = ['programs.apply', 'programs.closed', 'programs.sign', 'programs.undo'];

/** Calls of one plugin that may wait at the same time. */
const mostWaiting = 32;
/** Exchanges with the network at the same time; more wait. */
const mostExchanges = 4;

/** Answers a plugin's calls, each checked: its name, its shape, the permission, and whether it may come now. */
export function answerHostCalls(services: HostServices): (call: string, request: unknown) => Promise<unknown> {
  const handlers = new Map<string, (request: never) => Promise<unknown>>(Object.entries(handlersFor(services)));
  let waiting = 0;
  const asking = new Set<string | undefined>();
  return async (name, request) => {
    const call = hostCalls.find((known) => known === name);
    const handler = handlers.get(name);
    if (call === undefined || handler === undefined) throw new Failure('call-unknown', { call: cleanLine(name, 64) });
    checkPermission(services.manifest, call);
    const checked = checkRequest(call, request);
    const person = asksPerson(call);
    // A plugin by itself cannot make a PIN be asked for: people learn that nothing asks which they did not start.
    // Nor does it look at documents or talk to the network behind their back.
    const { run } = checked as OfRun;
    if (needsCommand(call) && !services.commandRuns(run))
      throw new Failure('call-invalid', { call, why: 'only while a command of the plugin runs' });
    if (person && asking.has(run))
      throw new Failure('call-invalid', { call, why: 'the person is being asked already' });
    if (waiting >= mostWaiting) throw new Failure('call-invalid', { call, why: `${mostWaiting} calls wait already` });
    const begun = services.begin(person || hostWorks(call));
    waiting += 1;
    if (person) asking.add(run);
    try {
      return await handler(checked as never);
    } finally {
      waiting -= 1;
      if (person) asking.delete(run);
      begun.dispose();
    }
  };
}

function handlersFor(services: HostServices): Handlers<HostCalls> {
  const { manifest, cards, pins, signing, decrypting, documents, net, trust, programs, log, logAllowance, advance } =
    services;
  const parcels = new Parcels();
  const exchanges = new Gate(mostExchanges);
  return {
    'cards.certificate': ({ card, id }) => cards.certificate(card, id),
    'cards.details': ({ card }) => cards.details(card),
    'commands.offer': async ({ id, args }) => {
      const known = manifest.contributes.commands?.some((command) => command.id === id);
      if (!known) throw new Failure('command-unknown', { command: cleanLine(id, 100) });
      services.offer({ id, args });
    },
    'documents.append': ({ draft, bytes }) => documents.append(draft, bytes),
    'documents.deliver': async (delivery) => {
      const delivered = await documents.deliver(delivery);
      advance();
      return delivered;
    },
    'documents.digest': ({ document, algorithm, ranges }) => documents.digest(document, algorithm, ranges),
    'documents.discard': ({ draft, why }) => documents.discard(draft, why),
    'documents.draft': ({ document, start }) => documents.draft(document, start),
    'documents.info': ({ document }) => documents.info(document),
    'documents.patch': ({ draft, offset, bytes }) => documents.patch(draft, offset, bytes),
    // A Buffer would first turn itself into a list of numbers, for nothing.
    'documents.read': async ({ document, range }) => {
      const { buffer, byteOffset, length } = await documents.read(document, range);
      return new Uint8Array(buffer, byteOffset, length);
    },
    'log.write': async ({ level, line }) => {
      if (logAllowance.tryUse(1)) log[level](cleanLine(line, 1_000));
    },
    'net.request': (request) =>
      exchanges.pass(async () => {
        const { body, ...answer } = await net.request(request);
        return { ...answer, body: parcels.send(body) };
      }),
    'panels.show': async (panel) => {
      checkPanel(manifest, panel);
      services.showPanel(panel);
    },
    'parcels.fetch': async ({ parcel, offset }) => parcels.fetch(parcel, offset),
    'pins.activate': ({ card, run }) => pins(run).activate({ card }),
    'pins.change': ({ card, pin, run }) => pins(run).change({ card, pin }),
    'pins.unlock': ({ card, pin, run }) => pins(run).unlock({ card, pin }),
    'pins.verify': ({ card, pin, run }) => pins(run).verify({ card, pin }),
    'progress.report': async (report) => services.progress(report),
    'settings.keep': async ({ key, value }) => {
      checkSetting(manifest, key, value);
      services.keepSetting(key, value);
    },
    'signing.sign': ({ run, ...request }) => signing(run).sign(request),
    'signing.signDocuments': ({ run, ...request }) => signing(run).signDocuments(request),
    'trust.anchors': async ({ from }) => trustPage(await trust.anchors(), from),
    'trust.list': async () => {
      const list = await trust.list();
      return list && parcels.send(list);
    },
    'programs.profiles': () => programs().profiles(),
    'programs.bridge': () => programs().bridge(),
    'programs.plan': (wish) => programs().plan(wish),
    'programs.apply': ({ run, ...wish }) => programs(run).apply(wish),
    'programs.closed': ({ profile, run }) => programs(run).closed(profile),
    'programs.test': () => programs().test(),
    'programs.sign': ({ profile, run }) => programs(run).sign(profile),
    'programs.undo': ({ run }) => programs(run).undo(),
    'decrypting.decipher': ({ run, ...request }) => decrypting(run).decipher(request),
    'decrypting.agree': ({ run, ...request }) => decrypting(run).agree(request),
  };
}

/** A value for a setting of its own, which fits it and is no code. */
function checkSetting({ contributes: { settings = [] } }: Manifest, key: string, value: SettingValue): void {
  const setting = settings.find((one) => one.key === key);
  if (setting === undefined) throw new Failure('setting-unknown', { key });
  const why = misfit(setting, value);
  if (why !== undefined) throw new Failure('setting-invalid', { key, why });
  if (setting.type === 'text' && isLikeCode(value)) throw new Failure('value-like-code', { label: key });
}

/** A panel and its buttons are the plugin's own: none starts what belongs to another. */
function checkPanel({ contributes: { panels = [], commands = [] } }: Manifest, { id, elements }: PanelContent): void {
  if (!panels.some((panel) => panel.id === id)) throw new Failure('panel-unknown', { panel: cleanLine(id, 100) });
  const started = elements.flatMap((element) =>
    element.kind === 'buttons' ? element.buttons : element.kind === 'form' ? [element.submit] : [],
  );
  const foreign = started.find(({ command }) => !commands.some((own) => own.id === command));
  if (foreign !== undefined) throw new Failure('command-unknown', { command: cleanLine(foreign.command, 100) });
}

function checkRequest(call: HostCall, request: unknown): unknown {
  try {
    return requestShapes[call](request, '');
  } catch (error) {
    if (error instanceof Mismatch) throw new Failure('call-invalid', { call, why: error.message }, error);
    throw error;
  }
}

function asksPerson(call: HostCall): boolean {
  return ['pins.', 'signing.', 'decrypting.'].some((kind) => call.startsWith(kind)) || changesPrograms.includes(call);
}

/** What only makes sense for something that a person started. */
function needsCommand(call: HostCall): boolean {
  return asksPerson(call) || call.startsWith('documents.') || call === 'net.request' || call === 'settings.keep';
}

/** Calls during which the plugin waits for the host: its own time stands still. */
function hostWorks(call: HostCall): boolean {
  return ['documents.', 'net.', 'cards.', 'trust.'].some((kind) => call.startsWith(kind));
}
