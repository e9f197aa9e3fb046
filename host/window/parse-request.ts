import { Failure } from '@sigill/core';
import type { WindowRequest } from './requests.js';

type Kind = WindowRequest['kind'];
type Check = (value: unknown) => boolean;

const longest = 8192;
/** As many as a panel's documents may have passwords, and a form's fields beside. */
const mostEntries = 450;

const text: Check = (value) => typeof value === 'string' && value.length <= longest;
const plain: Check = (value) =>
  text(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
const entries =
  (check: Check): Check =>
  (value) => {
    if (!isRecord(value)) return false;
    const pairs = Object.entries(value);
    return pairs.length <= mostEntries && pairs.every(([key, each]) => key !== '__proto__' && text(key) && check(each));
  };

/** What each kind of request must have, and nothing beside it. */
const shapes: Readonly<Record<Kind, Readonly<Record<string, Check>>>> = {
  run: { command: text, args: entries(text) },
  cancel: { activity: text },
  dismiss: { activity: text },
  language: { language: text },
  setting: { owner: text, key: text, value: plain },
  'open-panel': { panel: text },
  choose: { panel: text },
  forget: { panel: text, document: text },
  details: { card: text },
  unlock: { panel: text, typed: entries(text) },
  submit: { panel: text, form: text, values: entries(plain) },
};

/** The request that `body` holds as JSON. Fails with `call-invalid`. */
export function parseRequest(body: Uint8Array): WindowRequest {
  const found = parsed(body);
  if (!isRecord(found)) throw invalid('shape');
  const { kind, ...rest } = found;
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) throw invalid('kind');
  const shape = shapes[kind as Kind];
  const keys = Object.keys(shape);
  for (const key of keys) if (!Object.hasOwn(rest, key) || shape[key]?.(rest[key]) !== true) throw invalid(key);
  if (Object.keys(rest).length !== keys.length) throw invalid('shape');
  // Every member has just been looked at.
  return found as WindowRequest;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own words quote the body.
    throw invalid('JSON');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const invalid = (why: string): Failure => new Failure('call-invalid', { call: 'request', why });
