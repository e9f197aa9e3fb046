import type { EnvelopeFacts } from './envelope/read-envelope.js';
import { openEnvelope, type OwnKey } from './envelope/open-envelope.js';
import { layerOf, mostLayers } from './layer.js';
import { MailError } from './mail-error.js';
import { rewrap, withoutPostmark } from './mime/wrap.js';

/** A mail that was encrypted, and whether somebody would have noticed a change. */
export interface DecryptedMail {
  readonly mail: Uint8Array;
  /** As in `Opened`. */
  readonly authenticated: boolean;
  /** True when a signature stood around the envelope; it is not part of `mail` any more. */
  readonly signedOutside: boolean;
}

/** The envelope of a mail, also one inside of a signature. Fails with `not-encrypted`, `depth`, `malformed`. */
export function envelopeIn(mail: Uint8Array): { readonly envelope: EnvelopeFacts; readonly signedOutside: boolean } {
  let part = withoutPostmark(mail);
  for (let depth = 0; depth < mostLayers; depth += 1) {
    const layer = layerOf(part);
    if (layer.kind === 'encrypted') return { envelope: layer.envelope, signedOutside: depth > 0 };
    if (layer.kind === 'plain') throw new MailError('not-encrypted');
    part = layer.content;
  }
  throw new MailError('depth');
}

/** Opens a mail with one of `keys`; its own fields stay around what was inside. Fails as `envelopeIn` and `openEnvelope` do. */
export async function decryptMail(mail: Uint8Array, keys: readonly OwnKey[]): Promise<DecryptedMail> {
  const { envelope, signedOutside } = envelopeIn(mail);
  const { content, authenticated } = await openEnvelope(envelope, keys);
  return { mail: rewrap(mail, content), authenticated, signedOutside };
}
