import { Failure } from '../failure.js';
import { joined } from './bytes.js';
import type { Protocol } from './pcsc.js';

/** A command APDU (ISO 7816-4 §5.1). `le` in bytes; 0 asks for all there is. */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  readonly le?: number;
}

/** A response APDU: data and the status word as a number, 0x9000 for done. */
export interface Response {
  readonly data: Uint8Array;
  readonly status: number;
}

/** Most data bytes of a short command. */
export const shortData = 255;

const shortLe = 256;
const extendedLimit = 65_535;

/**
 * The bytes of `command` as the protocol wants them: short where it fits, else extended.
 * With T=0 a command with data goes without Le (the card answers 61xx) and at most 256 bytes are asked for.
 */
export function encodeCommand(command: Command, protocol: Protocol): Uint8Array {
  const data = command.data ?? new Uint8Array();
  if (data.length > extendedLimit || (protocol === 'T=0' && data.length > shortData)) {
    throw new RangeError(`${data.length} bytes do not fit in one command`);
  }
  const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
  const le = protocol === 'T=1' ? command.le : leOfT0(command, data.length);
  // Joined in one step: no second copy of a PIN stays behind.
  return joined([header, ...body(data, le)]);
}

function leOfT0(command: Command, length: number): number | undefined {
  if (command.le === undefined || length > 0) return undefined;
  return Math.min(command.le, shortLe);
}

function body(data: Uint8Array, le: number | undefined): readonly Uint8Array[] {
  const { length } = data;
  if (length <= shortData && (le ?? 0) <= shortLe) {
    const lc = length > 0 ? [Uint8Array.of(length), data] : [];
    return le === undefined ? lc : [...lc, Uint8Array.of(le)];
  }
  // ISO 7816-4 §5.2: one zero byte opens the long form, for Lc and Le together.
  const opened = Uint8Array.of(0);
  const lc = length > 0 ? [twoBytes(length), data] : [];
  return [opened, ...lc, ...(le === undefined ? [] : [twoBytes(le)])];
}

const twoBytes = (value: number): Uint8Array => Uint8Array.of(value >> 8, value);

/** What a card sees in the bytes of a command (ISO 7816-4 §5.2). `le` 0 for all there is. Fails with `card-malformed`. */
export function parseCommand(apdu: Uint8Array): Command {
  const [cla, ins, p1, p2] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) throw malformed();
  const header = { cla, ins, p1, p2 };
  const rest = apdu.subarray(4);
  if (rest.length === 0) return header;
  if (rest.length === 1) return { ...header, le: rest[0]! };
  if (rest[0] !== 0) return split(header, rest, 1, rest[0]!, 1);
  if (rest.length === 3) return { ...header, le: (rest[1]! << 8) | rest[2]! };
  if (rest.length < 3) throw malformed();
  return split(header, rest, 3, (rest[1]! << 8) | rest[2]!, 2);
}

function split(header: Command, rest: Uint8Array, from: number, length: number, leLength: number): Command {
  const data = rest.slice(from, from + length);
  const le = rest.subarray(from + length);
  if (length === 0 || data.length < length || (le.length !== 0 && le.length !== leLength)) throw malformed();
  if (le.length === 0) return { ...header, data };
  return { ...header, data, le: le.reduce((value, byte) => (value << 8) | byte, 0) };
}

const malformed = (): Failure => new Failure('card-malformed', { what: 'command' });

/** Data and status word of a card's answer. Fails with `card-malformed` when it has not even a status word. */
export function parseResponse(bytes: Uint8Array): Response {
  if (bytes.length < 2) throw new Failure('card-malformed', { what: 'response' });
  const end = bytes.length - 2;
  return { data: bytes.slice(0, end), status: (bytes[end]! << 8) | bytes[end + 1]! };
}
