/**
 * Trouble at one command. `at` counts commands from the moment the fault is put in, 1 being the next (GET RESPONSE counts);
 * with `ins` it counts only commands with that instruction byte. Each fault happens once.
 */
export type Fault = { readonly at: number; readonly ins?: number } & FaultKind;

export type FaultKind =
  /** The card is pulled out before the command reaches it. */
  | { readonly kind: 'removed-before' }
  /** The command is done, then the answer is lost: the card is pulled out, or (`error`) the reader fails and the card stays. */
  | { readonly kind: 'executed-reply-lost'; readonly then?: 'removed' | 'error' }
  /** Another program resets the card before the command reaches it. */
  | { readonly kind: 'reset-before' }
  /** The card answers with this status word alone; the command is done only with `executed`. */
  | { readonly kind: 'status'; readonly status: number; readonly executed?: boolean }
  /** The card takes its time: milliseconds on the card's clock before it answers. */
  | { readonly kind: 'slow'; readonly milliseconds: number };

/** Why there is no answer: thrown by `SimulatedCard.transmit`, and turned into the port's failures by a reader. */
export class CardLost extends Error {
  override readonly name = 'CardLost';
  readonly kind: 'removed' | 'reset' | 'error';

  constructor(kind: CardLost['kind']) {
    super(`The simulated card gave no answer: ${kind}`);
    this.kind = kind;
  }
}

interface Waiting {
  readonly fault: Fault;
  left: number;
}

/** Faults that wait for their command. */
export class Faults {
  #waiting: Waiting[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.at });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** How many have not happened yet. */
  get left(): number {
    return this.#waiting.length;
  }

  /** Counts one command and gives the faults whose turn it is. */
  next(ins: number | undefined): readonly Fault[] {
    for (const waiting of this.#waiting) {
      if (waiting.fault.ins === undefined || waiting.fault.ins === ins) waiting.left--;
    }
    const due = this.#waiting.filter(({ left }) => left <= 0);
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return due.map(({ fault }) => fault);
  }
}
