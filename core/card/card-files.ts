import { Failure } from '../failure.js';
import type { Response } from './apdu.js';
import { fromHex, joined } from './bytes.js';
import type { Channel } from './channel.js';
import { insideTag, unsignedNumber } from './der.js';
import { findTlv, scanTlv, tlvLength } from './tlv.js';

/** A file that is selected. */
export interface SelectedFile {
  /** Bytes, as the card tells; unknown when it does not. */
  readonly length?: number;
}

/** The part of a file that is wanted; absent for all of it. */
export interface FilePart {
  readonly index?: number;
  readonly length?: number;
}

const block = 256;
/** No directory or certificate is larger; a card that says so is broken. */
const largest = 16_384;
const lastOffset = 0x7fff;
/** A card that gives a byte at a time would keep everybody waiting; 64 bytes at a time still read the largest file. */
const mostReads = 256;

/** Selects an application or DF by its name in hex; false when the card has none such. */
export async function selectName(channel: Channel, name: string): Promise<boolean> {
  return isFound(await channel.send({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: fromHex(name) }));
}

/** Selects a file by a path as in `ProfileCertificate.paths`; undefined when it is not there. */
export async function selectFile(channel: Channel, path: string): Promise<SelectedFile | undefined> {
  const [, name, inside] = /^df:([0-9a-f]+)\/([0-9a-f]+)$/i.exec(path) ?? [];
  if (name !== undefined && inside !== undefined) {
    if (!(await selectName(channel, name))) return undefined;
    // An EF of the current DF: below a DF selected by name, paths do not always start there (cards.md §1.9).
    return selectWith(channel, 0x02, inside);
  }
  return selectWith(channel, 0x08, path);
}

async function selectWith(channel: Channel, p1: number, path: string): Promise<SelectedFile | undefined> {
  const response = await channel.send({ cla: 0x00, ins: 0xa4, p1, p2: 0x04, data: fromHex(path), le: 0 });
  if (!isFound(response)) return undefined;
  const length = lengthIn(response.data);
  return length === undefined ? {} : { length };
}

// A warning (62xx) still selects, as for a file that is no longer active.
const isFound = ({ status }: Response): boolean => status === 0x9000 || status >> 8 === 0x62;

/** Size in a control template (ISO 7816-4 §7.4.3): 62 or 6F with 80 or 81. */
function lengthIn(template: Uint8Array): number | undefined {
  const { objects } = scanTlv(template);
  const control = insideTag(objects, 0x62) ?? insideTag(objects, 0x6f) ?? [];
  const size = findTlv(control, 0x80) ?? findTlv(control, 0x81);
  return size && unsignedNumber(size);
}

/** The first bytes of the wanted part of the selected file: at most 256, none when nothing can be read. */
export function readHead(channel: Channel, file: SelectedFile, part: FilePart = {}): Promise<Uint8Array> {
  return readBlock(channel, part.index ?? 0, Math.min(block, wanted(file, part)));
}

/** All of the selected file. Fails with `card-malformed` when it ends early. */
export async function readFile(channel: Channel, file: SelectedFile, part: FilePart = {}): Promise<Uint8Array> {
  const head = await readHead(channel, file, part);
  const end = wanted(file, part);
  const bytes = await readOn(channel, head, part.index ?? 0, end);
  if (file.length !== undefined && bytes.length < end) throw new Failure('card-malformed', { what: 'file' });
  return bytes;
}

/** The one data object that begins with `head`, without the filling behind it. Fails with `card-malformed` when it is not whole. */
export async function readObject(
  channel: Channel,
  file: SelectedFile,
  part: FilePart,
  head: Uint8Array,
): Promise<Uint8Array> {
  const length = tlvLength(head);
  if (length === undefined || length > wanted(file, part)) throw new Failure('card-malformed', { what: 'file' });
  const bytes = await readOn(channel, head, part.index ?? 0, length);
  if (bytes.length < length) throw new Failure('card-malformed', { what: 'file' });
  return bytes.slice(0, length);
}

function wanted(file: SelectedFile, { index = 0, length }: FilePart): number {
  const there = file.length === undefined ? largest : Math.max(0, file.length - index);
  return Math.min(there, length ?? there, largest);
}

async function readOn(channel: Channel, head: Uint8Array, index: number, end: number): Promise<Uint8Array> {
  const parts = [head];
  let length = head.length;
  // By the bytes that came, not by those that were asked for: cards may give fewer.
  while (length > 0 && length < end && parts.length < mostReads) {
    const next = await readBlock(channel, index + length, Math.min(block, end - length));
    if (next.length === 0) break;
    parts.push(next);
    length += next.length;
  }
  return joined(parts);
}

// READ BINARY; nothing beyond the end or where reading is refused.
async function readBlock(channel: Channel, offset: number, count: number): Promise<Uint8Array> {
  if (offset > lastOffset || count <= 0) return new Uint8Array();
  const { data, status } = await channel.send({ cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: count });
  const read = status === 0x9000 || status === 0x6282;
  return read ? data.subarray(0, count) : new Uint8Array();
}
