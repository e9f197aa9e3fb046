import {
  definite,
  firstOf,
  largestCms,
  oidOf,
  oids,
  orUndefined,
  partsOf,
  readSignedData,
  type SignedDataFacts,
} from '@sigill/core/cms';
import { type EnvelopeFacts, readEnvelope } from './envelope/read-envelope.js';
import { MailError } from './mail-error.js';
import { mailOids } from './mail-oids.js';
import { contentType, transferEncoding } from './mime/content-type.js';
import { splitMultipart } from './mime/multipart.js';
import { splitEntity } from './mime/split-entity.js';
import { decoded } from './mime/transfer.js';

/** What the outermost part of a mail is. */
export type Layer =
  | { readonly kind: 'plain' }
  /** `content`: the part that was signed, as it stands. */
  | { readonly kind: 'signed'; readonly content: Uint8Array; readonly signed: SignedDataFacts }
  | { readonly kind: 'encrypted'; readonly envelope: EnvelopeFacts };

/** Layers of one mail: a signature around an envelope around a signature has three. */
export const mostLayers = 8;

/** Looks at a mail or a part. Fails with `malformed` for S/MIME that cannot be read, with `cipher-unknown` for what is compressed. */
export function layerOf(part: Uint8Array): Layer {
  const entity = splitEntity(part);
  const { type, parameters } = contentType(entity);
  if (type === 'multipart/signed' && isSignatureType(parameters.get('protocol') ?? 'application/pkcs7-signature')) {
    return clearSigned(entity.body, parameters.get('boundary'));
  }
  const named = /\.p7m$/i.test(parameters.get('name') ?? '');
  const isMime = /^application\/(x-)?pkcs7-mime$/.test(type);
  if (!isMime && !(type === 'application/octet-stream' && named)) return { kind: 'plain' };
  const cms = decoded(entity.body, transferEncoding(entity));
  const signed = readSignedData(cms);
  if (signed?.content) return { kind: 'signed', content: signed.content, signed };
  const envelope = signed ? undefined : readEnvelope(cms);
  if (envelope) return { kind: 'encrypted', envelope };
  if (typeOf(cms) === mailOids.compressedData) throw new MailError('cipher-unknown', { cipher: 'CompressedData' });
  throw new MailError('malformed', { what: type });
}

const isSignatureType = (protocol: string): boolean => /^application\/(x-)?pkcs7-signature$/i.test(protocol);

// Exactly two parts (RFC 1847 §2.1): what stands beside them would look signed and is not.
function clearSigned(body: Uint8Array, boundary: string | undefined): Layer {
  const { parts } = splitMultipart(body, boundary);
  const [content, signature] = parts;
  if (!content || !signature || parts.length !== 2) throw new MailError('malformed', { what: 'multipart/signed' });
  const entity = splitEntity(signature);
  const cms = isSignatureType(contentType(entity).type) ? decoded(entity.body, transferEncoding(entity)) : undefined;
  const signed = cms && readSignedData(cms);
  if (!signed || signed.contentType !== oids.data || signed.content) {
    throw new MailError('malformed', { what: 'multipart/signed' });
  }
  return { kind: 'signed', content, signed };
}

const typeOf = (cms: Uint8Array): string | undefined =>
  cms.length > largestCms ? undefined : orUndefined(() => oidOf(partsOf(firstOf(definite(cms))).next()));
