import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Built-in modules that a plugin has no use for: they reach other programs, or around the sandbox. HTTP/2 is not among them: it goes through
 * the sockets that are closed, and loading it only to close it would take longer than most plugins.
 */
const closedModules = [
  'node:child_process',
  'node:cluster',
  'node:dgram',
  'node:dns',
  'node:dns/promises',
  'node:http',
  'node:https',
  'node:inspector',
  'node:inspector/promises',
  'node:net',
  'node:tls',
  'node:trace_events',
  'node:wasi',
  'node:worker_threads',
] as const;

/** Members of `process` that signal others, load native code, or hand out Node.js's own inside. */
const closedMembers = [
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  'binding',
  '_linkedBinding',
  'dlopen',
  'report',
  '_getActiveHandles',
  '_getActiveRequests',
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setgroups',
  'initgroups',
] as const;

/**
 * Takes from this process what Node.js's permission model cannot deny: signals, and before version 25 the network and Unix sockets.
 * A second line only: it closes the ways that are known, in the language that it is meant to hold; the first is that the host has no word for a PIN.
 */
export function harden(): void {
  // The streams are sockets: they are made now, while they still can be.
  for (const stream of [process.stdout, process.stderr]) close(stream, 'connect');
  const require = createRequire(import.meta.url);
  const net = require('node:net') as { Socket: { prototype: object }; Server: { prototype: object } };
  close(net.Socket.prototype, 'connect');
  close(net.Server.prototype, 'listen');
  for (const name of closedModules) closeModule(loaded(require, name));
  for (const name of closedMembers) close(process, name);
  close(require('node:os') as object, 'setPriority');
  for (const name of ['fetch', 'WebSocket', 'EventSource']) if (name in globalThis) close(globalThis, name);
  syncBuiltinESMExports();
}

function loaded(require: NodeJS.Require, name: string): object | undefined {
  try {
    return require(name) as object;
  } catch {
    // Another version of Node.js, or one that denies it already.
    return undefined;
  }
}

function closeModule(module: object | undefined): void {
  if (module) for (const name of Object.keys(module)) close(module, name);
}

function close(holder: object, name: string): void {
  try {
    Object.defineProperty(holder, name, { value: refuse, writable: false, configurable: false, enumerable: true });
  } catch {
    // A member that Node.js itself has fixed.
  }
}

function refuse(): never {
  throw Object.assign(new Error('A plugin may not do this'), { code: 'ERR_ACCESS_DENIED' });
}
