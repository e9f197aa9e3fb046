import type { Bus, BusReply } from './bus.js';
import type { DbusMessage } from './dbus-package.js';

/** A value with its D-Bus signature. */
export type Property = readonly [signature: string, value: unknown];

export interface Method {
  /** Signature of the arguments; calls with another are refused. */
  readonly takes: string;
  /** Signature of the reply. */
  readonly gives: string;
  readonly run: (...args: never[]) => readonly unknown[];
}

/** One interface of an object on the bus. */
export interface BusInterface {
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  readonly properties: Readonly<Record<string, () => Property>>;
  /** Signatures of its signals. */
  readonly signals: Readonly<Record<string, string>>;
}

const standard = {
  properties: 'org.freedesktop.DBus.Properties',
  introspection: 'org.freedesktop.DBus.Introspectable',
  peer: 'org.freedesktop.DBus.Peer',
};

/** Offers an object with one interface, read-only properties and introspection (D-Bus specification, Standard Interfaces). */
export function serveObject(bus: Bus, path: string, own: BusInterface): void {
  bus.serve(path, (call) => {
    if (call.interface === standard.properties) return readProperties(bus, own, call);
    if (call.interface === standard.introspection) return { signature: 's', body: [describe(own)] };
    if (call.interface === standard.peer) return { signature: '', body: [] };
    if (call.interface !== undefined && call.interface !== own.name) return undefined;
    const method = entry(own.methods, call.member);
    if (method === undefined) return undefined;
    if ((call.signature ?? '') !== method.takes) throw new Error(`${call.member} takes ${method.takes}`);
    return { signature: method.gives, body: method.run(...(call.body as never[])) };
  });
}

function readProperties(bus: Bus, own: BusInterface, { member, body }: DbusMessage): BusReply | undefined {
  const [of, name] = body;
  if (of !== own.name && of !== '') throw new Error(`No interface ${String(of)} here`);
  const read = (property: () => Property): unknown => bus.variant(...property());
  if (member === 'GetAll') {
    const all = Object.entries(own.properties).map(([key, property]) => [key, read(property)] as const);
    return { signature: 'a{sv}', body: [Object.fromEntries(all)] };
  }
  if (member !== 'Get') return undefined;
  const property = entry(own.properties, name);
  if (property === undefined) throw new Error(`No property ${String(name)} here`);
  return { signature: 'v', body: [read(property)] };
}

/** Introspection data in the form of the D-Bus specification. */
function describe({ name, methods, properties, signals }: BusInterface): string {
  const args = (signature: string, direction: string): string =>
    types(signature)
      .map((type) => `<arg type="${type}"${direction}/>`)
      .join('');
  const lines = [
    ...Object.entries(methods).map(
      ([key, { takes, gives }]) =>
        `<method name="${key}">${args(takes, ' direction="in"')}${args(gives, ' direction="out"')}</method>`,
    ),
    ...Object.entries(properties).map(([key, read]) => `<property name="${key}" type="${read()[0]}" access="read"/>`),
    ...Object.entries(signals).map(([key, signature]) => `<signal name="${key}">${args(signature, '')}</signal>`),
  ];
  return `<node><interface name="${name}">${lines.join('')}</interface></node>`;
}

/** The complete types that a signature is made of: `ia{sv}av` is `i`, `a{sv}`, `av`. */
export function types(signature: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, letter] of [...signature].entries()) {
    if (letter === '(' || letter === '{') depth++;
    if (letter === ')' || letter === '}') depth--;
    if (depth > 0 || letter === 'a') continue;
    found.push(signature.slice(start, at + 1));
    start = at + 1;
  }
  return found;
}

function entry<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
