import type { HeldPin } from '../pin/held-pin.js';
import { CKR } from './constants.js';
import { require } from './refusal.js';
import type { Session } from './session.js';

type At = Pick<Session, 'slot' | 'card'>;

/** The PINs that one program is logged in with, one for each token. */
export class Logins {
  readonly #held = new Map<string, HeldPin>();
  readonly #asking = new Set<string>();

  /** The PIN of a session's token; undefined when the program is not logged in there, or no longer. */
  of(session: At): HeldPin | undefined {
    const held = this.#held.get(nameOf(session));
    return held?.alive === true ? held : undefined;
  }

  /** Logs in with what `ask` brings. Fails with CKR_USER_ALREADY_LOGGED_IN, CKR_OPERATION_ACTIVE while another is being asked for, and as `ask` does. */
  async begin(session: At, ask: () => Promise<HeldPin>): Promise<void> {
    const name = nameOf(session);
    require(this.of(session) === undefined, CKR.USER_ALREADY_LOGGED_IN);
    require(!this.#asking.has(name), CKR.OPERATION_ACTIVE);
    this.#asking.add(name);
    try {
      this.#held.set(name, await ask());
    } finally {
      this.#asking.delete(name);
    }
  }

  /** Ends the login of a session's token, and what goes on there. True when there was one. */
  end(session: At): boolean {
    const held = this.#held.get(nameOf(session));
    this.#held.delete(nameOf(session));
    const alive = held?.alive === true;
    held?.dispose();
    return alive;
  }

  endAll(): void {
    for (const held of this.#held.values()) held.dispose();
    this.#held.clear();
  }
}

const nameOf = ({ slot, card }: At): string => `${slot} ${card}`;
