import type { Card, PinId } from '@sigill/core';
import { createHmac, randomBytes } from 'node:crypto';
import type { Secret } from './secret.js';

interface Memory {
  readonly values: Set<string>;
  /** The counter after the last wrong value; a higher one later tells that a right value has been given since. */
  triesLeft: number | undefined;
}

/**
 * Values that a card has already called wrong, so that a try is not spent on them again.
 * Kept in memory alone, as hashes under a key that dies with the process.
 */
export class KnownWrong {
  readonly #key = randomBytes(32);
  readonly #memories = new Map<string, Memory>();

  /** Remembers that the card called `secret` wrong; `triesLeft` is what it said with it. */
  remember(card: Card, pin: PinId, secret: Secret, triesLeft: number | undefined): void {
    for (const place of places(card, pin)) {
      const memory = this.#memories.get(place) ?? { values: new Set(), triesLeft };
      memory.values.add(this.#hash(place, secret));
      memory.triesLeft = triesLeft;
      this.#memories.set(place, memory);
    }
  }

  /** True when the card has called `secret` wrong. `triesLeft` is the counter now: one that has risen shows that the memory is out of date. */
  has(card: Card, pin: PinId, secret: Secret, triesLeft: number | undefined): boolean {
    return places(card, pin).some((place) => {
      const memory = this.#memories.get(place);
      if (memory === undefined) return false;
      if (memory.triesLeft !== undefined && triesLeft !== undefined && triesLeft > memory.triesLeft) {
        this.#memories.delete(place);
        return false;
      }
      return memory.values.has(this.#hash(place, secret));
    });
  }

  /** The PIN was right, changed or unlocked: what was wrong before may be right now. */
  forget(card: Card, pin: PinId): void {
    for (const place of places(card, pin)) this.#memories.delete(place);
  }

  #hash(place: string, secret: Secret): string {
    return secret.lend((bytes) => createHmac('sha256', this.#key).update(`${place}\0`).update(bytes).digest('hex'));
  }
}

/** The names that one PIN of one card goes by. A card taken out and put back keeps its serial number and certificates, not its id. */
function places(card: Card, pin: PinId): readonly string[] {
  const names = card.certificates.map((certificate) => `certificate ${certificate.sha256}`);
  if (card.serial !== undefined) names.push(`serial ${card.profile} ${card.serial}`);
  if (names.length === 0) names.push(`insertion ${card.id}`);
  return names.map((name) => `${name} ${pin}`);
}
