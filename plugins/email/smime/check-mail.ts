import type { Anchor } from '@sigill/core/cms';
import { addressesIn } from './addresses.js';
import { openEnvelope, type OwnKey } from './envelope/open-envelope.js';
import { type Layer, layerOf, mostLayers } from './layer.js';
import { MailError } from './mail-error.js';
import { onlyField, splitEntity } from './mime/split-entity.js';
import { withoutPostmark } from './mime/wrap.js';
import { checkSigners, type MailSignerCheck } from './signature/check-signers.js';

/** One layer of a mail, the outermost first. */
export type CheckedLayer =
  | { readonly kind: 'signed'; readonly signers: readonly MailSignerCheck[] }
  /** Not opened, when there was no key for it: what is inside is not known. */
  | { readonly kind: 'encrypted'; readonly opened: boolean; readonly authenticated?: boolean };

/** What a mail's signatures and envelopes show. */
export interface CheckedMail {
  readonly layers: readonly CheckedLayer[];
  /** Addresses in From. */
  readonly from: readonly string[];
  /** What is inside of all layers that could be opened. */
  readonly content: Uint8Array;
}

/** What a mail is checked with. */
export interface CheckMeans {
  readonly anchors: readonly Anchor[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** With keys, envelopes are opened too. */
  readonly keys?: readonly OwnKey[];
}

/**
 * Checks a mail, layer by layer: `multipart/signed`, signed-data, and envelopes where there is a key. Only what the outermost part is counts: a
 * signed part among others vouches for nothing beside it. Fails with `not-signed` for a mail of no layers, `depth`, `malformed`.
 */
export async function checkMail(mail: Uint8Array, { anchors, at, keys }: CheckMeans): Promise<CheckedMail> {
  let content = withoutPostmark(mail);
  const entity = splitEntity(content);
  const field = onlyField(entity, 'from') ?? onlyField(entity, 'sender');
  const from = field === undefined ? [] : addressesIn(field);
  const layers: CheckedLayer[] = [];
  for (let layer = layerOf(content); layer.kind !== 'plain'; layer = layerOf(content)) {
    if (layers.length === mostLayers) throw new MailError('depth');
    if (layer.kind === 'signed') {
      layers.push({ kind: 'signed', signers: await checkSigners(layer.content, layer.signed, { anchors, from, at }) });
      content = layer.content;
    } else {
      const opened = await openedBy(layer, keys);
      layers.push({
        kind: 'encrypted',
        opened: opened !== undefined,
        ...(opened && { authenticated: opened.authenticated }),
      });
      if (!opened) break;
      content = opened.content;
    }
  }
  if (layers.length === 0) throw new MailError('not-signed');
  return { layers, from, content };
}

/** True when every signature that could be seen is valid and trusted and made by who the mail says it is from, and there is at least one. */
export function isGood({ layers }: CheckedMail): boolean {
  const signed = layers.filter((layer) => layer.kind === 'signed');
  return (
    signed.length > 0 &&
    signed.every(({ signers }) => signers.length > 0) &&
    signed.every(({ signers }) =>
      signers.every((one) => one.signature === 'valid' && one.chain === 'trusted' && one.from === 'same' && !one.weak),
    )
  );
}

const openedBy = async ({ envelope }: Extract<Layer, { kind: 'encrypted' }>, keys: readonly OwnKey[] | undefined) =>
  keys === undefined ? undefined : await openEnvelope(envelope, keys);
