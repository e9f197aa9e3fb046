import { Secret } from './secret.js';

/** Bytes that one line keeps: more than any PIN has, so that a longer line fails its check and never grows. */
const longestCode = 64;

/** One line of a secret as it arrives byte by byte, in a buffer that is never copied but into the secret. */
export class SecretLine {
  readonly #bytes: Uint8Array;
  #length = 0;

  /** `capacity`: bytes that it keeps. */
  constructor(capacity = longestCode) {
    this.#bytes = ownBuffer(capacity);
  }

  /** Adds a byte. True when it starts a character; a byte too many is dropped and says false. */
  add(byte: number): boolean {
    if (this.#length === this.#bytes.length) return false;
    this.#bytes[this.#length++] = byte;
    return !isContinuation(byte);
  }

  /** Takes the last character back. True when there was one. */
  erase(): boolean {
    if (this.#length === 0) return false;
    let byte: number;
    do {
      byte = this.#bytes[--this.#length] ?? 0;
      this.#bytes[this.#length] = 0;
    } while (isContinuation(byte) && this.#length > 0);
    return true;
  }

  /** The line as a secret; the buffer is empty and wiped afterwards. */
  take(): Secret {
    const bytes = ownBuffer(this.#length);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.wipe();
    return new Secret(bytes);
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }
}

// RFC 3629 §3: 10xxxxxx goes on with a character that is under way.
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

// As `steadyBytes` of core/card, which a command that only asks for the host that runs need not load.
function ownBuffer(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(length));
}
