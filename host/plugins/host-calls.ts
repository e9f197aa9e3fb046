import {
  type Cards,
  type Disposable,
  Failure,
  type Log,
  type Manifest,
  type Pins,
  type Programs,
  type Signing,
} from '@sigill/core';
import type { Allowance } from './allowance.js';
import { requestShapes } from './call-shapes.js';
import { cleanLine } from './clean-text.js';
import {
  type CommandCall,
  type HostCall,
  hostCalls,
  type HostCalls,
  type PanelContent,
  type ProgressReport,
} from './contract.js';
import { checkPermission } from './permissions.js';
import type { Handlers } from './rpc.js';
import { Mismatch } from './shape.js';

/** What the calls of one plugin process reach. */
export interface HostServices {
  readonly manifest: Manifest;
  readonly cards: Cards;
  /** Made for each call, so that each can be given up by itself. */
  readonly pins: () => Pins;
  readonly signing: () => Signing;
  /** Absent in a host that has no programs to set up. */
  readonly programs?: (() => Programs) | undefined;
  readonly log: Log;
  readonly logAllowance: Allowance;
  readonly offer: (offer: CommandCall) => void;
  readonly showPanel: (panel: PanelContent) => void;
  readonly progress: (report: ProgressReport) => void;
  /** True while one of its commands runs, which a person started. */
  readonly commandRuns: () => boolean;
  /** A call is under way until given back; `person` when somebody is asked for something. */
  readonly begin: (person: boolean) => Disposable;
}

/** What changes programs' files, has a PIN asked for, or waits for a person to close a program. */
const changesPrograms: readonly HostCall[] = ['programs.apply', 'programs.closed', 'programs.sign', 'programs.undo'];

/** Calls of one plugin that may wait at the same time. */
const mostWaiting = 32;

/** Answers a plugin's calls, each checked: its name, its shape, the permission, and whether it may come now. */
export function answerHostCalls(services: HostServices): (call: string, request: unknown) => Promise<unknown> {
  const handlers = new Map<string, (request: never) => Promise<unknown>>(Object.entries(handlersFor(services)));
  let waiting = 0;
  let asking = false;
  return async (name, request) => {
    const call = hostCalls.find((known) => known === name);
    const handler = handlers.get(name);
    if (call === undefined || handler === undefined) throw new Failure('call-unknown', { call: cleanLine(name, 64) });
    checkPermission(services.manifest, call);
    const checked = checkRequest(call, request);
    const person = asksPerson(call);
    // A plugin by itself cannot make a PIN be asked for: people learn that nothing asks which they did not start.
    if (person && !services.commandRuns())
      throw new Failure('call-invalid', { call, why: 'only while a command of the plugin runs' });
    if (person && asking) throw new Failure('call-invalid', { call, why: 'the person is being asked already' });
    if (waiting >= mostWaiting) throw new Failure('call-invalid', { call, why: `${mostWaiting} calls wait already` });
    const begun = services.begin(person);
    waiting += 1;
    asking ||= person;
    try {
      return await handler(checked as never);
    } finally {
      waiting -= 1;
      if (person) asking = false;
      begun.dispose();
    }
  };
}

function handlersFor(services: HostServices): Handlers<HostCalls> {
  const { manifest, cards, pins, signing, log, logAllowance } = services;
  const programs = (): Programs => {
    if (services.programs === undefined) throw new Failure('call-unknown', { call: 'programs' });
    return services.programs();
  };
  return {
    'cards.details': ({ card }) => cards.details(card),
    'commands.offer': async ({ id, args }) => {
      const known = manifest.contributes.commands?.some((command) => command.id === id);
      if (!known) throw new Failure('command-unknown', { command: cleanLine(id, 100) });
      services.offer({ id, args });
    },
    'log.write': async ({ level, line }) => {
      if (logAllowance.tryUse(1)) log[level](cleanLine(line, 1_000));
    },
    'panels.show': async (panel) => {
      checkPanel(manifest, panel);
      services.showPanel(panel);
    },
    'pins.activate': ({ card }) => pins().activate({ card }),
    'pins.change': ({ card, pin }) => pins().change({ card, pin }),
    'pins.unlock': ({ card, pin }) => pins().unlock({ card, pin }),
    'pins.verify': ({ card, pin }) => pins().verify({ card, pin }),
    'progress.report': async (report) => services.progress(report),
    'signing.sign': (request) => signing().sign(request),
    'programs.profiles': () => programs().profiles(),
    'programs.bridge': () => programs().bridge(),
    'programs.plan': (wish) => programs().plan(wish),
    'programs.apply': (wish) => programs().apply(wish),
    'programs.closed': ({ profile }) => programs().closed(profile),
    'programs.test': () => programs().test(),
    'programs.sign': ({ profile }) => programs().sign(profile),
    'programs.undo': () => programs().undo(),
  };
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
  return call.startsWith('pins.') || call === 'signing.sign' || changesPrograms.includes(call);
}
