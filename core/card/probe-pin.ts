import type { PinStatus } from '../api/cards.js';
import type { Response } from './apdu.js';
import type { Channel } from './channel.js';
import type { ProfilePin } from './profile.js';
import { encodeTlv, findTlv, scanTlv } from './tlv.js';

/** A PIN's state, read without spending a try. */
export interface PinProbeResult {
  /** False when the card has no such PIN (6A88). */
  readonly known: boolean;
  readonly state: PinStatus;
  /** Unknown when the card tells no counter, as while the PIN is verified. */
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** Changed since manufacture (FINEID S1 v4.2 §3.15.3); unknown when the card does not tell. */
  readonly changed?: boolean;
  /** What the empty VERIFY answered, when it was needed. */
  readonly status?: number;
}

/**
 * Asks for a PIN's state in the way that costs no try; the application is selected. A PIN that `pin.scheme` says is still
 * to be set is `not-set`; without a scheme only 6984 is.
 */
export async function probePin(channel: Channel, pin: ProfilePin): Promise<PinProbeResult> {
  const attributes = pin.probe === 'get-data' ? await readAttributes(channel, pin) : undefined;
  const { triesLeft, changed } = attributes ?? {};
  const max = pin.triesMax === undefined ? {} : { triesMax: pin.triesMax };
  // Only a PIN that was changed and has tries left is surely in use: anything else the empty VERIFY has to tell.
  if (triesLeft && changed) return { known: true, state: 'ok', triesLeft, ...max, changed };
  const { status } = await channel.send({ cla: 0x00, ins: 0x20, p1: 0x00, p2: pin.reference });
  const left = triesLeftIn(status) ?? (isUsable(status) ? triesLeft : undefined);
  return {
    known: attributes !== undefined || status !== unknownReference,
    state: pinState({ status, ...(changed !== undefined && { changed }) }, pin.scheme),
    status,
    ...max,
    ...(left !== undefined && { triesLeft: left }),
    ...(changed !== undefined && { changed }),
  };
}

/** GET DATA, PIN attributes (FINEID S1 v4.2 §3.15); undefined when the card does not answer about this very PIN. */
async function readAttributes(
  channel: Channel,
  pin: ProfilePin,
): Promise<{ readonly triesLeft?: number; readonly changed?: boolean } | undefined> {
  const data = encodeTlv(0xa0, encodeTlv(0x83, Uint8Array.of(pin.reference)));
  const response = await channel.send({ cla: 0x00, ins: 0xcb, p1: 0x00, p2: 0xff, data, le: 0 });
  const found = attributesIn(response);
  if (!found || findTlv(found, 0x83)?.[0] !== pin.reference) return undefined;
  const triesLeft = findTlv(found, 0xdf21)?.[0];
  const changed = findTlv(found, 0xdf2f)?.[0];
  return { ...(triesLeft !== undefined && { triesLeft }), ...(changed !== undefined && { changed: changed !== 0 }) };
}

function attributesIn({ data, status }: Response): ReturnType<typeof scanTlv>['objects'] | undefined {
  const template = status === done ? findTlv(scanTlv(data).objects, 0xa0) : undefined;
  return template && scanTlv(template).objects;
}

const done = 0x9000;
const unknownReference = 0x6a88;

const isCounter = (status: number): boolean => (status & 0xfff0) === 0x63c0;
const isUsable = (status: number): boolean => status === done || isCounter(status);

/** The counter in an answer to an empty VERIFY: none once the PIN is verified. */
function triesLeftIn(status: number): number | undefined {
  if (isCounter(status)) return status & 0x0f;
  return status === 0x6983 ? 0 : undefined;
}

// cards.md §1.10: under A 63Cx, 9000 and 6983 alone prove earlier use; under B the counter looks normal and DF2F tells;
// for C nothing is published, and 6984 (reference data not usable) is what we take for a PIN never set.
/** The state that follows from a probe's facts once the card's activation scheme is known. */
export function pinState(
  { status = done, changed }: Pick<PinProbeResult, 'status' | 'changed'>,
  scheme: ProfilePin['scheme'],
): PinStatus {
  if (status === 0x6983 || status === 0x63c0) return 'locked';
  if (status === 0x6984) return 'not-set';
  if (scheme === 'B' && changed === false) return 'not-set';
  if (scheme === 'A' && !isUsable(status) && status !== unknownReference) return 'not-set';
  return 'ok';
}
