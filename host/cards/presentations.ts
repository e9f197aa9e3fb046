import type { Card, Pin } from '@sigill/core';
import type { CardProfile, Channel, Command, ProfilePin } from '@sigill/core/card';

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

  /** The card after presentations that were all accepted: their counters are full. Undefined when the card has to be asked. */
  cardAfter(card: Card, profile: CardProfile): Card | undefined {
    if (!this.#any || this.#unclear) return undefined;
    let after: Card | undefined = card;
    for (const reference of this.#verified) after = after && accepted(after, profile, reference);
    return after;
  }
}

const isPlain = ({ ins, cla }: Command, status: number): boolean => ins === verify && cla === 0 && status === done;

function accepted(card: Card, profile: CardProfile, reference: number): Card | undefined {
  const known = profile.pins.find((pin) => pin.reference === reference);
  const pin = card.pins.find(({ id }) => id === known?.id);
  if (!pin || pin.state !== 'ok') return undefined;
  const full = filled(pin, known);
  return full && { ...card, pins: card.pins.map((one) => (one === pin ? full : one)) };
}

function filled(pin: Pin, { triesMax }: Pick<ProfilePin, 'triesMax'> = {}): Pin | undefined {
  if (pin.triesLeft === triesMax) return pin;
  return triesMax === undefined ? undefined : { ...pin, triesLeft: triesMax };
}
