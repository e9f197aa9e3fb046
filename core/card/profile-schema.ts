import { keyUsages } from '../key-usages.js';
import type { JsonSchema } from './json-schema.js';

const text: JsonSchema = { type: 'string', pattern: '\\S' };
const id: JsonSchema = { type: 'string', pattern: '^[a-z][a-z0-9.-]*$' };
const date: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' };
const byte: JsonSchema = { type: 'string', pattern: '^[0-9A-Fa-f]{2}$', description: 'One byte, two hex digits.' };
const hex: JsonSchema = { type: 'string', pattern: '^([0-9A-Fa-f]{2})+$', description: 'Bytes, two hex digits each.' };
const digits: JsonSchema = { type: 'integer', minimum: 1, maximum: 16 };
const tries: JsonSchema = { type: 'integer', minimum: 1, maximum: 15 };
const pinId: JsonSchema = { type: 'string', enum: ['PIN1', 'PIN2', 'PIN3', 'PIN4', 'PUK'] };
const list = (items: JsonSchema, minItems = 0): JsonSchema => ({ type: 'array', items, minItems, maxItems: 32 });
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const algorithms = Object.fromEntries(
  ['RSA-PKCS1', 'RSA-PSS', 'ECDSA'].flatMap((scheme) => [256, 384, 512].map((size) => [`${scheme}-SHA${size}`, byte])),
);

const decipherAlgorithms = Object.fromEntries(
  ['PKCS1', 'RAW', ...[1, 224, 256, 384, 512].map((size) => `OAEP-SHA${size}`)].map((name) => [`RSA-${name}`, byte]),
);

const usage: JsonSchema = { type: 'string', enum: keyUsages };

const definitions: Readonly<Record<string, JsonSchema>> = {
  label: { anyOf: [text, object({ en: text, sv: text, fi: text })] },
  format: object({ blockLength: digits, pad: byte, encoding: { type: 'string', enum: ['ascii', 'bcd'] } }, [
    'blockLength',
    'pad',
    'encoding',
  ]),
  pin: object(
    {
      id: pinId,
      role: { type: 'string', enum: ['basic', 'signature', 'organisation', 'puk'] },
      label: ref('label'),
      reference: byte,
      minLength: digits,
      maxLength: digits,
      triesMax: tries,
      format: ref('format'),
      probe: { type: 'string', enum: ['empty-verify', 'get-data'] },
    },
    ['triesMax'],
  ),
  certificate: object(
    {
      id: hex,
      label: ref('label'),
      paths: list({ type: 'string', pattern: '^(df:([0-9A-Fa-f]{2})+/)?([0-9A-Fa-f]{4})+$' }, 1),
      index: { type: 'integer', minimum: 0, maximum: 65535 },
      length: { type: 'integer', minimum: 1, maximum: 16384 },
      key: hex,
    },
    ['index', 'length', 'key'],
  ),
  key: object(
    {
      id: hex,
      pin: pinId,
      tag: { type: 'string', enum: ['84', '81'] },
      reference: hex,
      directory: hex,
      usage: list(usage),
      userConsent: { type: 'boolean' },
    },
    ['directory'],
  ),
};

/** JSON Schema (draft-07) of a card profile's file. Bytes are written in hex, lengths and counts as numbers. */
export const profileSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Sigill card profile',
  description: 'A kind of card as data. Bytes are written in hex, lengths and counts as numbers.',
  definitions,
  ...object(
    {
      $schema: text,
      id,
      label: ref('label'),
      match: list(object({ historicalBytes: hex, mask: hex, version: text }, ['mask']), 1),
      application: hex,
      confirm: object({ reference: byte, known: { type: 'boolean' } }),
      pins: list(ref('pin')),
      puk: ref('pin'),
      unblock: { type: 'string', enum: ['puk-and-new', 'verify-puk-first', 'none'] },
      certificates: list(ref('certificate')),
      keys: list(ref('key')),
      caCertificates: list(ref('certificate')),
      signing: object(
        {
          input: { type: 'string', enum: ['pso-hash', 'inline', 'digest-info'] },
          algorithms: object(algorithms, Object.keys(algorithms)),
          ecdsa: { type: 'string', enum: ['raw', 'der', 'either'] },
          fillDigest: { type: 'boolean' },
          raw: byte,
          keyTag: { type: 'string', enum: ['84', '81'] },
        },
        ['raw', 'keyTag'],
      ),
      deciphering: object({
        algorithms: object(decipherAlgorithms, Object.keys(decipherAlgorithms)),
        indicator: { type: 'string', enum: ['00', '81'] },
      }),
      agreement: { type: 'string', enum: ['pso-decipher', 'general-authenticate'] },
      activation: list(
        object(
          {
            scheme: { type: 'string', enum: ['A', 'B', 'C'] },
            issuedFrom: date,
            issuedUntil: date,
            codeMinLength: digits,
            codeMaxLength: digits,
          },
          ['issuedFrom', 'issuedUntil'],
        ),
      ),
      variants: list(
        object(
          {
            issuer: list(text, 1),
            label: ref('label'),
            pins: list(object({ id: pinId, minLength: digits, maxLength: digits })),
          },
          ['label'],
        ),
      ),
      drop: { type: 'string', pattern: '^(select-application|reset|command:([0-9A-Fa-f]{2}){4,})$' },
      serial: { type: 'string', enum: ['tail-9', 'whole'] },
    },
    ['$schema', 'confirm', 'puk', 'deciphering', 'agreement', 'variants', 'serial'],
  ),
};
