import type { FailureCode, FailureData, Json } from '@sigill/core';
import type { HostWords, PersonWords } from '../pin/distant-words.js';
import { boolean, byKind, json, mapOf, Mismatch, number, record, type Shape, text } from '../plugins/shape.js';

/** What a command in another process tells the host. */
export type CallerWords =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly name: string;
      readonly args: Readonly<Record<string, Json>>;
    }
  /** Nobody waits for this call any more. */
  | { readonly kind: 'cancel'; readonly call: number }
  | ({ readonly kind: 'person' } & { readonly words: PersonWords });

/** What the host tells it. */
export type ReachWords =
  | { readonly kind: 'answer'; readonly call: number; readonly value?: unknown }
  | { readonly kind: 'failure'; readonly call: number; readonly failure: FailureData }
  /** More of a call that goes on: a step of its progress, or what is now. */
  | { readonly kind: 'more'; readonly call: number; readonly value: unknown }
  | ({ readonly kind: 'prompt' } & { readonly words: HostWords });

const bytesKey = '$bytes';

/** Words as JSON. Bytes go as base64 under a key of their own. */
export function encodeWords(words: CallerWords | ReachWords): Uint8Array {
  const shown = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { [bytesKey]: Buffer.from(value).toString('base64') } : value;
  return Buffer.from(JSON.stringify(words, shown));
}

/** The host's words, which the caller trusts. Throws when they are no JSON. */
export function decodeWords(body: Uint8Array): ReachWords {
  const found = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, bytesKey)) return value;
    return Uint8Array.from(Buffer.from(String((value as Record<string, unknown>)[bytesKey]), 'base64'));
  };
  return JSON.parse(Buffer.from(body).toString('utf8'), found) as ReachWords;
}

/** A caller's words, each checked. Throws for all others. */
export function parseCallerWords(body: Uint8Array): CallerWords {
  return callerWords(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)), '') as CallerWords;
}

const whole: Shape<number> = (value, path) => {
  const found = number(value, path);
  if (!Number.isInteger(found) || found < 0 || found >= 2 ** 32) throw new Mismatch(path, 'must be a number of a call');
  return found;
};
const word = <T extends string>(is: T): Shape<T> => text(20, new RegExp(`^${is}$`)) as Shape<T>;
const failure: Shape<FailureData> = record({
  code: text(40, /^[a-z]+(-[a-z]+)*$/) as Shape<FailureCode>,
  facts: mapOf(json(100), 20),
});
const person = byKind<PersonWords>('kind', {
  answered: record({ question: whole, kind: word('answered'), agreed: boolean }),
  failed: record({ question: whole, kind: word('failed'), failure }),
});
const callerWords = byKind<CallerWords>('kind', {
  call: record({ kind: word('call'), call: whole, name: text(40, /^[a-z-]+$/), args: mapOf(json(10_000), 20) }),
  cancel: record({ kind: word('cancel'), call: whole }),
  person: record({ kind: word('person'), words: person }),
});
