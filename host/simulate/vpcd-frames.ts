/** vpcd's messages: two bytes of length, big-endian, then the body (cards.md §2.10). */
export function vpcdFrame(body: Uint8Array): Uint8Array {
  return Uint8Array.of(body.length >> 8, body.length & 0xff, ...body);
}

/** Puts messages together again, however the network has cut them. Holds at most one message that is not whole (65 537 bytes). */
export class VpcdFrames {
  #held: Uint8Array = new Uint8Array(0);

  /** The bodies that are whole with `bytes`, in order. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    let rest = new Uint8Array(this.#held.length + bytes.length);
    rest.set(this.#held);
    rest.set(bytes, this.#held.length);
    const bodies: Uint8Array[] = [];
    for (;;) {
      const [high, low] = rest;
      if (high === undefined || low === undefined) break;
      const end = 2 + ((high << 8) | low);
      if (rest.length < end) break;
      bodies.push(rest.slice(2, end));
      rest = rest.slice(end);
    }
    this.#held = rest;
    return bodies;
  }
}
