/** What a key press on a terminal in raw mode means. */
export type Key =
  { readonly kind: 'byte'; readonly byte: number } | { readonly kind: 'enter' | 'erase' | 'clear' | 'cancel' };

const escape = 0x1b;

/** Turns the bytes of a terminal in raw mode into keys; arrows and other escape sequences mean nothing (ECMA-48 §5.4). */
export class Keys {
  #state: 'plain' | 'returned' | 'escape' | 'sequence' | 'single' = 'plain';

  /** The key that `byte` completes, if any. */
  read(byte: number): Key | undefined {
    const state = this.#state;
    this.#state = 'plain';
    if (state === 'single') return undefined;
    if (state === 'sequence') {
      // Parameter and intermediate bytes go on; 40–7E ends it.
      if (byte < 0x40 && byte >= 0x20) this.#state = 'sequence';
      return undefined;
    }
    if (state === 'escape') {
      if (byte === 0x5b) this.#state = 'sequence';
      else if (byte === 0x4f) this.#state = 'single';
      else return this.read(byte);
      return undefined;
    }
    switch (byte) {
      case 0x0d:
        this.#state = 'returned';
        return { kind: 'enter' };
      case 0x0a:
        // A pasted CR LF is one Enter.
        return state === 'returned' ? undefined : { kind: 'enter' };
      case 0x08:
      case 0x7f:
        return { kind: 'erase' };
      case 0x15:
      case 0x17:
        return { kind: 'clear' };
      // Ctrl-C, Ctrl-D, Ctrl-\: in raw mode the terminal sends no signal for them.
      case 0x03:
      case 0x04:
      case 0x1c:
        return { kind: 'cancel' };
      case escape:
        this.#state = 'escape';
        return undefined;
      default:
        return byte < 0x20 ? undefined : { kind: 'byte', byte };
    }
  }
}
