/** What a frame holds: JSON, or a value under its seal. */
export type FrameKind = 'words' | 'secret';

/** Bytes that frames of each kind may hold. */
export interface FrameLimits {
  readonly words: number;
  /** Secrets always have as many. */
  readonly secret: number;
}

const head = 5;
const kinds: readonly FrameKind[] = ['words', 'secret'];

/** One byte for the kind, four for the length (big-endian), then the body. */
export function frame(kind: FrameKind, body: Uint8Array): Uint8Array {
  const whole = Buffer.alloc(head + body.length);
  whole[0] = kinds.indexOf(kind);
  whole.writeUInt32BE(body.length, 1);
  whole.set(body, head);
  return whole;
}

/** Takes a stream of bytes apart into frames. Never keeps more than one frame may have. */
export class Frames {
  readonly #limits: FrameLimits;
  readonly #take: (kind: FrameKind, body: Uint8Array) => void;
  #parts: Buffer[] = [];
  #held = 0;

  constructor(limits: FrameLimits, take: (kind: FrameKind, body: Uint8Array) => void) {
    this.#limits = limits;
    this.#take = take;
  }

  /** Takes over a piece of the stream. Throws for what is no frame: nothing more can be read then. */
  read(bytes: Uint8Array): void {
    this.#parts.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    this.#held += bytes.length;
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.#take(...next);
  }

  #next(): [FrameKind, Uint8Array] | undefined {
    if (this.#held < head) return undefined;
    const [part] = this.#parts;
    const first = part !== undefined && part.length >= head ? part : this.#join();
    const kind = kinds[first[0] ?? -1];
    const length = first.readUInt32BE(1);
    if (kind === undefined) throw new Error('a frame of an unknown kind');
    if (length > this.#limits[kind] || (kind === 'secret' && length !== this.#limits.secret))
      throw new Error(`a frame of ${length} bytes`);
    if (this.#held < head + length) return undefined;
    const whole = this.#join();
    this.#held = whole.length - head - length;
    this.#parts = this.#held === 0 ? [] : [whole.subarray(head + length)];
    return [kind, whole.subarray(head, head + length)];
  }

  #join(): Buffer {
    const [only] = this.#parts;
    const whole = only !== undefined && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    this.#parts = [whole];
    return whole;
  }
}
