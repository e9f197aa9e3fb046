import type { Json } from '@sigill/core';

/** Checks a value from outside and gives a fresh copy that holds nothing else. Throws `Mismatch`. */
export type Shape<T> = (value: unknown, path: string) => T;

/** The value that a shape gives. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** A value from outside is not what it must be. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  constructor(path: string, why: string) {
    super(path === '' ? why : `${path} ${why}`);
  }
}

type Properties = Readonly<Record<string, Shape<unknown>>>;
type Shapes<P extends Properties> = { readonly [K in keyof P]: Shaped<P[K]> };

/** An object with these properties and no others. */
export function record<R extends Properties, O extends Properties = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Shapes<R> & Partial<Shapes<O>>> {
  const known = new Map(Object.entries({ ...required, ...optional }));
  return (value, path) => {
    const found = plain(value, path);
    for (const key of Object.keys(found))
      if (!known.has(key)) throw new Mismatch(join(path, key.slice(0, 40)), 'is not known here');
    const copy: Record<string, unknown> = {};
    for (const [key, shape] of known) {
      if (found[key] !== undefined) copy[key] = shape(found[key], join(path, key));
      else if (Object.hasOwn(required, key)) throw new Mismatch(join(path, key), 'is missing');
    }
    return copy as never;
  };
}

/** Text of at most `longest` characters. */
export function text(longest: number, pattern?: RegExp): Shape<string> {
  return (value, path) => {
    if (typeof value !== 'string') throw new Mismatch(path, 'must be text');
    if (value.length > longest) throw new Mismatch(path, `is longer than ${longest} characters`);
    if (pattern && !pattern.test(value)) throw new Mismatch(path, `does not match ${pattern.source}`);
    return value;
  };
}

/** One of these words. */
export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value, path) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new Mismatch(path, `must be one of ${words.join(', ')}`);
    return found;
  };
}

/** Bytes, as many as one of `lengths`. */
export function bytes(...lengths: readonly number[]): Shape<Uint8Array> {
  return (value, path) => {
    if (!(value instanceof Uint8Array)) throw new Mismatch(path, 'must be bytes');
    if (!lengths.includes(value.length)) throw new Mismatch(path, `must be ${lengths.join(' or ')} bytes`);
    return Uint8Array.from(value);
  };
}

/** At most `most` bytes. */
export function someBytes(most: number): Shape<Uint8Array> {
  return (value, path) => {
    if (!(value instanceof Uint8Array)) throw new Mismatch(path, 'must be bytes');
    if (value.length > most) throw new Mismatch(path, `must be ${most} bytes at most`);
    return value;
  };
}

/** A whole number from 0 that a number can hold exactly, at most `most`. */
export function count(most: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most)
      throw new Mismatch(path, `must be a whole number from 0 to ${most}`);
    return value as number;
  };
}

/** A list of at most `most` of the same. */
export function listOf<T>(item: Shape<T>, most: number): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Mismatch(path, 'must be a list');
    if (value.length > most) throw new Mismatch(path, `has more than ${most} entries`);
    return value.map((entry: unknown, index) => item(entry, `${path}[${index}]`));
  };
}

/** An object whose keys are free, of at most `most` entries. */
export function mapOf<T>(item: Shape<T>, most: number): Shape<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(plain(value, path));
    if (entries.length > most) throw new Mismatch(path, `has more than ${most} entries`);
    return Object.fromEntries(entries.map(([key, entry]) => [safeKey(key, path), item(entry, join(path, key))]));
  };
}

/** What either shape gives, the first that fits. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, path) => {
    try {
      return first(value, path);
    } catch {
      return second(value, path);
    }
  };
}

/** A finite number. */
export const number: Shape<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Mismatch(path, 'must be a number');
  return value;
};

/** A number from 0 to 1. */
export const fraction: Shape<number> = (value, path) => {
  const found = number(value, path);
  if (found < 0 || found > 1) throw new Mismatch(path, 'must be from 0 to 1');
  return found;
};

/** Yes or no. */
export const boolean: Shape<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new Mismatch(path, 'must be true or false');
  return value;
};

/** The shape of each kind, chosen by the word in `key`. */
export function byKind<T>(key: string, kinds: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const known = oneOf(...Object.keys(kinds));
  return (value, path) => {
    const kind = known(plain(value, path)[key], join(path, key));
    return (kinds[kind] as Shape<T>)(value, path);
  };
}

/** Plain data of at most `most` values, nested at most 16 deep. */
export function json(most: number): Shape<Json> {
  return (value, path) => {
    let left = most;
    const copy = (part: unknown, depth: number): Json => {
      if (--left < 0 || depth > 16) throw new Mismatch(path, 'is too large');
      if (part === undefined || typeof part === 'string' || typeof part === 'boolean') return part;
      if (typeof part === 'number') return number(part, path);
      if (Array.isArray(part)) return part.map((entry: unknown) => copy(entry, depth + 1));
      const entries = Object.entries(plain(part, path));
      return Object.fromEntries(entries.map(([key, entry]) => [safeKey(key, path), copy(entry, depth + 1)]));
    };
    return copy(value, 0);
  };
}

function plain(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const fits = typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
  if (!fits) throw new Mismatch(path, 'must be an object');
  return value as Readonly<Record<string, unknown>>;
}

// Assigned by a careless reader it would change what the object inherits.
function safeKey(key: string, path: string): string {
  if (key === '__proto__' || key.length > 200) throw new Mismatch(path, 'has a key that is not allowed');
  return key;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
