import type { Card, Pin } from '@sigill/core';
import type { CardProfile, Channel, Command } from '@sigill/core/card';

// ISO/IEC 7816-4 §11.6: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.
const verify = 0x20;
const withSecrets: readonly number[] = [verify, 0x24, 0x2c];
const done = 0x9000;

/** Watches what is presented over a channel, so that the state of a PIN need not be asked where it is plain. */
export class Presentations {
  readonly #verified = new Set<number>();
  #any = false;
  #unclear = false;

  /** The same channel, watched. */
  watch(channel: Channel): Channel {
    return {
      send: async (command) => {
        if (!withSecrets.includes(command.ins) || !command.data) return channel.send(command);
        this.#any = true;
        const before = this.#unclear;
        this.#unclear = true;
        const response = await channel.send(command);
        if (isPlain(command, response.status)) {
          this.#unclear = before;
          this.#verified.add(command.p2);
        }
        return response;
      },
    };
  }

  /** True when a secret was sent to the card, whatever came of it. */
  get any(): boolean {
    return this.#any;
  }

  /**
   * The card after presentations that were all accepted: their counters are full, at the profile's number or at one seen in `full`
   * (see `KnownCard`). Undefined when the card has to be asked.
   */
  cardAfter(card: Card, profile: CardProfile, full: ReadonlyMap<number, number>): Card | undefined {
    if (!this.#any || this.#unclear) return undefined;
    let after: Card | undefined = card;
    for (const reference of this.#verified) after = after && accepted(after, profile, reference, full);
    return after;
  }

  /** What `KnownCard.full` learns from a card that was read right after these presentations: nothing when one was not plainly accepted. */
  countersIn(card: Card, profile: CardProfile): ReadonlyMap<number, number> {
    if (this.#unclear) return new Map();
    const counters = profile.pins.flatMap(({ id, reference }) => {
      const left = card.pins.find((pin) => pin.id === id)?.triesLeft;
      return this.#verified.has(reference) && left !== undefined ? [[reference, left] as const] : [];
    });
    return new Map(counters);
  }
}

const isPlain = ({ ins, cla }: Command, status: number): boolean => ins === verify && cla === 0 && status === done;

function accepted(
  card: Card,
  profile: CardProfile,
  reference: number,
  full: ReadonlyMap<number, number>,
): Card | undefined {
  const known = profile.pins.find((one) => one.reference === reference);
  const pin = card.pins.find(({ id }) => id === known?.id);
  if (!pin || pin.state !== 'ok') return undefined;
  const filled = fill(pin, known?.triesMax ?? full.get(reference));
  return filled && { ...card, pins: card.pins.map((one) => (one === pin ? filled : one)) };
}

function fill(pin: Pin, triesLeft: number | undefined): Pin | undefined {
  if (pin.triesLeft === triesLeft) return pin;
  return triesLeft === undefined ? undefined : { ...pin, triesLeft };
}
