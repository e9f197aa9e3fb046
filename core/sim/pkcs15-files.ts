import { fromHex, joined } from '../card/bytes.js';
import { encodeTlv } from '../card/tlv.js';
import type { CardKey } from './card-key.js';
import type { ElementaryFile } from './chip-image.js';
import { bits, context, integer, octets, sequence, utf8 } from './der.js';

/** A PIN in EF.AOD (ISO 7816-15 §8.9). */
export interface PinEntry {
  readonly label: string;
  /** authId. */
  readonly id: string;
  readonly reference: number;
  readonly local: boolean;
  readonly role: 'pin' | 'puk';
  readonly minLength: number;
  readonly storedLength: number;
  readonly maxLength: number;
  readonly pad?: number;
  /** authId of the PUK. */
  readonly unblockedBy?: string;
}

/** A private key in EF.PrKD (ISO 7816-15 §8.5). */
export interface KeyEntry {
  readonly label: string;
  readonly id: string;
  /** authId of its PIN. */
  readonly pin: string;
  readonly key: CardKey;
  readonly reference: number;
  readonly usage: 'authentication' | 'signature';
  /** Hex path of its file, when the card has one. */
  readonly path: string;
}

/** A certificate in an EF.CD (ISO 7816-15 §8.8). */
export interface CertificateEntry {
  readonly label: string;
  readonly id: string;
  readonly path: string;
  readonly authority?: boolean;
}

/** What one card's directory files say. */
export interface Directories {
  /** Hex path of the application's DF. */
  readonly application: string;
  readonly pins: readonly PinEntry[];
  readonly keys: readonly KeyEntry[];
  readonly certificates: readonly CertificateEntry[];
  readonly trusted: readonly CertificateEntry[];
  readonly useful?: readonly CertificateEntry[];
}

/** EF.OD 5031 and the directory files it names: 5034 keys, 5037–5039 certificates, 503A PINs (cards.md §1.2; other ids are read from EF.OD). */
export function directoryFiles(card: Directories): ElementaryFile[] {
  const parts: readonly (readonly [number, number, readonly Uint8Array[]])[] = [
    [0, 0x5034, card.keys.map(keyEntry)],
    [4, 0x5037, card.certificates.map(certificateEntry)],
    [5, 0x5038, card.trusted.map(certificateEntry)],
    [6, 0x5039, (card.useful ?? []).map(certificateEntry)],
    [8, 0x503a, card.pins.map((pin) => pinEntry(pin, card.application))],
  ];
  const filled = parts.filter(([, , entries]) => entries.length > 0);
  const objects = filled.map(([tag, id]) => context(tag, path(card.application + id.toString(16))));
  const files = filled.map(([, id, entries]) => elementary(id, joined(entries)));
  return [elementary(0x5031, joined(objects)), ...files];
}

/** EF.DIR 2F00 with one application (ISO 7816-15 §7.4). */
export function applicationDirectory(aid: Uint8Array, label: string, path: string): ElementaryFile {
  const text = new TextEncoder().encode(label);
  return elementary(
    0x2f00,
    encodeTlv(0x61, encodeTlv(0x4f, aid), encodeTlv(0x50, text), encodeTlv(0x51, fromHex(path))),
  );
}

/** A file with this content. */
export function elementary(id: number, content: Uint8Array): ElementaryFile {
  return { kind: 'ef', id, content };
}

// Bits of CommonObjectAttributes.flags, PasswordAttributes.pwdFlags and CommonKeyAttributes: ISO 7816-15 §8.2.8, §8.9.2, §8.4.
const isPrivate = 0;
const isModifiable = 1;
const caseSensitive = 0;
const localToApplication = 1;
const initialised = 4;
const needsPadding = 5;
const unblockingPassword = 6;
const passwordTypeAscii = 1;
const keyUsage = { authentication: [1, 2, 5], signature: [9] };
const keyAccess = [0, 2, 3, 4];

function pinEntry(pin: PinEntry, application: string): Uint8Array {
  const flags = [
    caseSensitive,
    ...(pin.local ? [localToApplication] : []),
    initialised,
    ...(pin.pad === undefined ? [] : [needsPadding]),
    ...(pin.role === 'puk' ? [unblockingPassword] : []),
  ];
  const unblocked = pin.unblockedBy === undefined ? [] : [octets(fromHex(pin.unblockedBy))];
  return sequence(
    sequence(utf8(pin.label), bits(isPrivate, isModifiable), ...unblocked),
    sequence(octets(fromHex(pin.id))),
    context(
      1,
      sequence(
        bits(...flags),
        integer(passwordTypeAscii, 0x0a),
        integer(pin.minLength),
        integer(pin.storedLength),
        integer(pin.maxLength),
        integer(pin.reference, 0x80),
        ...(pin.pad === undefined ? [] : [octets(Uint8Array.of(pin.pad))]),
        // A global PIN is reached from anywhere.
        ...(pin.local ? [path(application)] : []),
      ),
    ),
  );
}

function keyEntry(entry: KeyEntry): Uint8Array {
  const { key } = entry;
  const usage = keyUsage[entry.usage].filter((bit) => key.kind === 'rsa' || (bit !== 1 && bit !== 5));
  const derive = key.kind === 'ec' && entry.usage === 'authentication' ? [8] : [];
  const common = sequence(utf8(entry.label), bits(isPrivate), octets(fromHex(entry.pin)));
  const attributes = sequence(
    octets(fromHex(entry.id)),
    bits(...usage, ...derive),
    bits(...keyAccess),
    integer(entry.reference),
  );
  // The size after the path is ISO's for RSA; for EC it is what OpenSC needs (cards.md §2.4).
  const size = key.kind === 'rsa' ? key.length * 8 : { 'P-256': 256, 'P-384': 384 }[key.curve];
  const body = [common, attributes, context(1, sequence(path(entry.path), integer(size)))];
  return key.kind === 'rsa' ? sequence(...body) : context(0, ...body);
}

function certificateEntry(entry: CertificateEntry): Uint8Array {
  const authority = entry.authority ? [Uint8Array.of(0x01, 0x01, 0xff)] : [];
  return sequence(
    sequence(utf8(entry.label), bits()),
    sequence(octets(fromHex(entry.id)), ...authority),
    context(1, sequence(path(entry.path))),
  );
}

function path(hex: string): Uint8Array {
  return sequence(octets(fromHex(hex)));
}
