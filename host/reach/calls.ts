import { once } from 'node:events';
import { type CommandArguments, Failure, type Json } from '@sigill/core';
import { lastValueFrom, takeUntil, fromEvent, tap } from 'rxjs';
import { boolean, json, listOf, Mismatch, oneOf, record, type Shape, text } from '../plugins/shape.js';
import type { DocumentsRequest, GivenDocuments } from './given-documents.js';
import type { LentWords } from './lent-documents.js';
import type { PluginAction, ReachedHost } from './reached-host.js';

/** What goes with one call. */
export interface CallTies {
  /** Aborts when the caller cancels it or has gone. */
  readonly signal: AbortSignal;
  /** Tells the caller more of a call that goes on. */
  more(value: unknown): void;
}

type Answering = (host: ReachedHost, args: unknown, ties: CallTies) => Promise<unknown>;

const card = text(100, /^[\w:.-]+$/);
const id = text(128);
const path = text(4_096, /^(?:\/|[A-Za-z]:\\|\\\\)[^\0]*$/);
const commandArguments: Shape<CommandArguments> = (value, path) => {
  const found: Json = json(10_000)(value, path);
  if (typeof found !== 'object' || Array.isArray(found)) throw new Mismatch(path, 'must be an object');
  return found as CommandArguments;
};

/** A call with its arguments checked before it is answered. */
function call<T>(shape: Shape<T>, answer: (host: ReachedHost, args: T, ties: CallTies) => Promise<unknown>): Answering {
  return (host, args, ties) => answer(host, shape(args, ''), ties);
}

/** Every call that a command in another process may make, in a table of its own: no name reaches anything else. */
const calls = new Map<string, Answering>([
  ['readers', call(record({ full: boolean }), (host, { full }, { signal }) => host.readers({ full, signal }))],
  ['watch', call(record({}), (host, _, ties) => watch(host, ties))],
  ['details', call(record({ card }), (host, args) => host.details(args.card))],
  ['certificate', call(record({ card, id }), (host, args) => host.certificate(args.card, args.id))],
  ['test-key', call(record({ card, id }), (host, args, { signal }) => host.testKey(args.card, args.id, signal))],
  [
    'run',
    call(record({ command: text(100), args: commandArguments }), (host, { command, args }, { signal, more }) =>
      host.run(command, args, { signal, progress: more }),
    ),
  ],
  [
    'documents',
    call(
      record({ plugin: text(200), paths: listOf(path, 1_000) }, { out: path, sign: boolean }),
      (host, { plugin, paths, out }, ties) =>
        lend(host, { plugin, paths, ...(out === undefined ? {} : { out }) }, ties),
    ),
  ],
  ['texts', call(record({ command: text(100) }), (host, { command }) => host.texts(command))],
  ['plugins', call(record({}), (host) => host.plugins())],
  [
    'plugin',
    call(
      record({ name: text(200), action: oneOf<PluginAction>('start', 'stop', 'enable', 'disable') }),
      (host, { name, action }) => host.plugin(name, action),
    ),
  ],
]);

/** Answers one call. Fails with `call-unknown`, `call-invalid`, and as the host does. */
export async function answerCall(host: ReachedHost, name: string, args: unknown, ties: CallTies): Promise<unknown> {
  const answering = calls.get(name);
  if (answering === undefined) throw new Failure('call-unknown', { call: name });
  try {
    return await answering(host, args, ties);
  } catch (error) {
    if (error instanceof Mismatch) throw new Failure('call-invalid', { call: name, why: error.message }, error);
    throw error;
  }
}

/** Goes on until the caller has enough of it. */
async function watch(host: ReachedHost, { signal, more }: CallTies): Promise<void> {
  if (signal.aborted) return;
  const shown = host.watch().pipe(tap(more), takeUntil(fromEvent(signal, 'abort')));
  await lastValueFrom(shown, { defaultValue: undefined });
}

/** Until the caller has no more use for them. */
async function lend(host: ReachedHost, request: DocumentsRequest, { signal, more }: CallTies): Promise<void> {
  const given = async ({ ids }: GivenDocuments): Promise<void> => {
    more({ kind: 'given', ids } satisfies LentWords);
    if (!signal.aborted) await once(signal, 'abort');
  };
  await host.withDocuments(request, given, (file) => more({ kind: 'delivered', file } satisfies LentWords));
}
