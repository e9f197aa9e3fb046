import { CKR } from './constants.js';
import { Refusal } from './refusal.js';

const nothing = 0xffff_ffff;

/** Reads the numbers and bytes of a message (p11-kit/rpc-message.c), never past its end. Fails with CKR_DEVICE_ERROR, as p11-kit does. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** The reader lends parts of `bytes`: who keeps one copies it. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.#take(1)[0] ?? 0;
  }

  /** 32 bits, big-endian. */
  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  /** CK_ULONG, 64 bits; what does not fit in a number, such as CK_UNAVAILABLE_INFORMATION, is −1. */
  ulong(): number {
    const value = this.uint32() * 0x1_0000_0000 + this.uint32();
    return Number.isSafeInteger(value) ? value : -1;
  }

  /** Bytes with their length before them; undefined for a null pointer. */
  counted(): Uint8Array | undefined {
    const length = this.uint32();
    return length === nothing ? undefined : this.#take(length);
  }

  /** `ay`: a byte that says whether there is an array, then the array or only its length. */
  bytes(): Uint8Array | undefined {
    if (this.byte() !== 0) return this.counted();
    this.uint32();
    return undefined;
  }

  /** `fy`, `fu`: for how many the caller has room; undefined when it only asks how many there are. */
  room(): number | undefined {
    const room = this.uint32();
    if (room === 0) return undefined;
    return room === nothing ? 0 : room;
  }

  #take(length: number): Uint8Array {
    if (length > this.left) throw new Refusal(CKR.DEVICE_ERROR, 'a message is shorter than it says');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
