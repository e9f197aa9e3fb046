import type { Budget } from './budget.js';
import type { PdfValue } from './objects.js';
import { damaged } from './pdf-error.js';

/** A word that is no object: `obj`, `R`, `stream`, `[`, `<<`, and `end` where the bytes end. */
export interface Word {
  readonly kind: 'word';
  readonly word: string;
}

/** Thrown where a token may go on behind the bytes at hand: read more and begin again. */
export const needMore = Symbol('more bytes are needed');

// ISO 32000-1 §7.2.2: 1 white space, 2 delimiter, 0 regular.
const classes = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = 1;
for (const char of '()<>[]{}/%') classes[char.charCodeAt(0)] = 2;

export const isSpace = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 1;
const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 0;

/** Reads tokens (ISO 32000-1 §7.2, §7.3) from bytes; `whole` says that the document ends where they end. */
export class Lexer {
  readonly bytes: Uint8Array;
  pos: number;
  readonly #whole: boolean;
  readonly #budget: Budget;

  constructor(bytes: Uint8Array, budget: Budget, options: { readonly pos?: number; readonly whole?: boolean } = {}) {
    this.bytes = bytes;
    this.pos = options.pos ?? 0;
    this.#whole = options.whole ?? true;
    this.#budget = budget;
  }

  /** The next token: a number, name, string or word. */
  next(): PdfValue | Word {
    this.#budget.token();
    this.skipSpace();
    const byte = this.bytes[this.pos];
    if (byte === undefined) return this.#atEnd({ kind: 'word', word: 'end' });
    const char = String.fromCharCode(byte);
    if (char === '/') return { kind: 'name', name: this.#name() };
    if (char === '(') return { kind: 'string', bytes: this.#literal() };
    if (char === '<' && this.bytes[this.pos + 1] !== 0x3c) {
      if (this.pos + 1 >= this.bytes.length) return this.#atEnd({ kind: 'word', word: 'end' });
      return { kind: 'string', bytes: this.#hexadecimal(), hex: true };
    }
    if (char === '<') return this.#punctuation(2);
    if (char === '>') return this.#punctuation(this.#peek(1) === 0x3e ? 2 : 1);
    if (classes[byte] === 2) return this.#punctuation(1);
    const text = this.#regular();
    const value = numberOf(text);
    return value === undefined ? { kind: 'word', word: text } : value;
  }

  /** White space and comments. */
  skipSpace(): void {
    for (;;) {
      while (isSpace(this.bytes[this.pos])) this.pos += 1;
      if (this.bytes[this.pos] !== 0x25) return;
      while (this.pos < this.bytes.length && this.bytes[this.pos] !== 10 && this.bytes[this.pos] !== 13) this.pos += 1;
    }
  }

  #peek(ahead: number): number | undefined {
    const byte = this.bytes[this.pos + ahead];
    return byte === undefined ? this.#atEnd(undefined) : byte;
  }

  #atEnd<T>(value: T): T {
    if (!this.#whole) throw needMore;
    return value;
  }

  #punctuation(length: number): Word {
    const word = String.fromCharCode(...this.bytes.subarray(this.pos, this.pos + length));
    this.pos += length;
    return { kind: 'word', word };
  }

  #regular(): string {
    const start = this.pos;
    while (isRegular(this.bytes[this.pos])) this.pos += 1;
    if (this.pos >= this.bytes.length) this.#atEnd(undefined);
    const length = Math.min(this.pos - start, 512);
    return String.fromCharCode(...this.bytes.subarray(start, start + length));
  }

  #name(): string {
    this.pos += 1;
    const text = this.#regular();
    return text.replace(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  }

  #literal(): Uint8Array {
    const start = (this.pos += 1);
    const found = new Uint8Array(this.#literalEnd(start) - start);
    let length = 0;
    for (let at = start; at < this.pos - 1; at += 1) {
      const byte = this.bytes[at] ?? 0;
      if (byte === 13) {
        // §7.3.4.2: any end of line stands for a line feed.
        found[length++] = 10;
        if (this.bytes[at + 1] === 10) at += 1;
      } else if (byte !== 0x5c) found[length++] = byte;
      else {
        const digits = /^[0-7]{1,3}/.exec(String.fromCharCode(...this.bytes.subarray(at + 1, at + 4)))?.[0];
        const escaped = this.bytes[at + 1] ?? 0;
        at += digits?.length ?? 1;
        if (digits !== undefined) found[length++] = parseInt(digits, 8);
        else if (escaped === 13) at += this.bytes[at + 1] === 10 ? 1 : 0;
        else if (escaped !== 10) found[length++] = escapes.get(escaped) ?? escaped;
      }
    }
    return found.slice(0, length);
  }

  /** Moves behind the closing parenthesis and gives its offset. */
  #literalEnd(start: number): number {
    let open = 1;
    for (this.pos = start; this.pos < this.bytes.length; this.pos += 1) {
      const byte = this.bytes[this.pos];
      if (byte === 0x5c) this.pos += 1;
      else if (byte === 0x28) open += 1;
      else if (byte === 0x29 && --open === 0) return this.pos++;
    }
    this.#atEnd(undefined);
    throw damaged('a string without end');
  }

  #hexadecimal(): Uint8Array {
    const end = this.bytes.indexOf(0x3e, this.pos);
    if (end < 0) {
      this.#atEnd(undefined);
      throw damaged('a string without end');
    }
    const found = new Uint8Array((end - this.pos + 1) >> 1);
    let digits = 0;
    for (let at = this.pos + 1; at < end; at += 1) {
      const digit = hexDigit(this.bytes[at] ?? 0);
      if (digit < 0) continue;
      found[digits >> 1] = (found[digits >> 1] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
      digits += 1;
    }
    this.pos = end + 1;
    return found.slice(0, (digits + 1) >> 1);
  }
}

const escapes = new Map([...'nrtbf'].map((char, at) => [char.charCodeAt(0), [10, 13, 9, 8, 12][at] ?? 0]));

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

function numberOf(text: string): number | undefined {
  // `--5` and `5-3` are met in real files; readers take what stands before.
  const found = /^[+-]*(\d+\.?\d*|\.\d+)/.exec(text);
  if (found === null) return /^[+-]?\.?$/.test(text) && text !== '' ? 0 : undefined;
  if (found[0].length < text.length && !/^[-\d.]*$/.test(text.slice(found[0].length))) return undefined;
  const value = Number(found[1]);
  return found[0].startsWith('-') ? -value : value;
}
