import type { Card, ReaderStatus } from '../api/cards.js';
import { type PinProbes, withPins } from './build-card.js';
import type { Channel } from './channel.js';
import { probePin } from './probe-pin.js';
import type { CardProfile, ProfilePin } from './profile.js';
import { statusOf } from './status-of.js';

/** Reads the states of all PINs and of the PUK without spending a try; the application is selected. */
async function readPins(channel: Channel, profile: CardProfile): Promise<PinProbes> {
  return probeAll(channel, [...profile.pins, ...(profile.puk ? [profile.puk] : [])]);
}

/** Reads the states of `pins`, one after the other. */
export async function probeAll(channel: Channel, pins: readonly ProfilePin[]): Promise<PinProbes> {
  const probes = new Map();
  for (const pin of pins) probes.set(pin.id, await probePin(channel, pin));
  return probes;
}

/** The card as it is after a use: its PIN states read again. `profile` is the reading's. */
export async function refreshCard(
  channel: Channel,
  card: Card,
  profile: CardProfile,
): Promise<{ readonly card: Card; readonly status: ReaderStatus }> {
  const fresh = withPins(card, profile, await readPins(channel, profile));
  return { card: fresh, status: statusOf(fresh) };
}
