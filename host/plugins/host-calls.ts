import { Failure, type FailureCode, failureData } from '@sigill/core';
import { asksPerson, hostWorks, needsCommand } from './call-rules.js';
import { requestShapes } from './call-shapes.js';
import { cleanLine } from './clean-text.js';
import type { OfRun } from './call-data.js';
import { type HostCall, hostCalls } from './contract.js';
import { hostHandlers } from './host-handlers.js';
import type { HostServices } from './host-services.js';
import { checkPermission } from './permissions.js';
import { Mismatch } from './shape.js';

/** Calls of one plugin that may wait at the same time. */
const mostWaiting = 32;

/** Answers a plugin's calls, each checked: its name, its shape, the permission, and whether it may come now. */
export function answerHostCalls(services: HostServices): (call: string, request: unknown) => Promise<unknown> {
  const handlers = new Map<string, (request: never) => Promise<unknown>>(Object.entries(hostHandlers(services)));
  let waiting = 0;
  const asking = new Set<string | undefined>();
  return async (name, request) => {
    try {
      return await answer(name, request);
    } catch (error) {
      noteMistake(services, name, error);
      throw error;
    }
  };

  async function answer(name: string, request: unknown): Promise<unknown> {
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
  }
}

/** Refusals that mean a mistake in the plugin: its author reads them in its log, also where the plugin itself looks away. */
const mistakes: readonly FailureCode[] = [
  'call-unknown',
  'call-invalid',
  'permission-missing',
  'panel-unknown',
  'command-unknown',
  'setting-unknown',
];

function noteMistake({ log, logAllowance }: HostServices, name: string, error: unknown): void {
  const { code, facts } = failureData(error);
  if (!mistakes.includes(code) || !logAllowance.tryUse(1)) return;
  log.warn(cleanLine(`${name} was refused: ${code} ${JSON.stringify(facts)}`, 300));
}

function checkRequest(call: HostCall, request: unknown): unknown {
  try {
    return requestShapes[call](request, '');
  } catch (error) {
    if (error instanceof Mismatch) throw new Failure('call-invalid', { call, why: error.message }, error);
    throw error;
  }
}
