import { digestOf } from '@sigill/core/cms';
import { signedData } from '../cms/signed-data.js';
import type { EvidenceBag } from '../longterm/collect-evidence.js';
import { placeContents } from '../pdf/signature-update.js';
import { openPdf } from '../pdf/open-pdf.js';
import { addDocumentTimestamp, addEvidence } from './add-long-term.js';
import { checkEarlier, checkSigned } from './check-signed.js';
import { documentSource } from './document-source.js';
import { reaches } from './levels.js';
import type { Outcome } from './outcome.js';
import type { PreparedDocument, SigningMeans } from './prepare-document.js';
import type { Work } from './work.js';

/** What the person's level is called: `PAdES-B-LT`, `PKCS7-T`. */
export function levelName({ level, format }: SigningMeans['wish']): string {
  return format === 'pades' ? `PAdES-${level}` : `PKCS7-${level.slice(2)}`;
}

/**
 * Completes a draft with the card's signature, its timestamp and what makes it last, reads it back, and only then makes it a file.
 * Fails with `Refusal` when something is not as it must be, and as the network and the disk do: nothing is delivered then.
 */
export async function finishDocument(
  { documents }: Work,
  prepared: PreparedDocument,
  { wish, credential, stamper }: SigningMeans,
  value: Uint8Array,
  evidence: EvidenceBag | undefined,
): Promise<Outcome> {
  const { draft, signature, attributes, earlier, document, name, notes } = prepared;
  const { algorithm, certificates, certificate } = credential;
  const stamp = await stamper?.stamp(digestOf('SHA-256', value));
  const cms = signedData({
    algorithm,
    attributes: attributes.attributes,
    value,
    certificates,
    ...(stamp && { timestamp: stamp.token }),
  });
  await documents.patch(draft, signature.contentsOffset, placeContents(signature, cms));
  const password = wish.passwordOf(document);
  const own = { documents, draft, password };
  await checkSigned({ ...own, field: signature.field, certificate: certificate.sha256, earlier });
  if (evidence !== undefined) await addEvidence(own, evidence);
  if (reaches(wish.level, 'B-LTA') && stamper) await addDocumentTimestamp(own, stamper);
  if (evidence !== undefined) {
    const all = [...earlier, { field: signature.field, allowed: true }];
    await checkEarlier(await openPdf(await documentSource(documents, draft), { password }), all);
  }
  const level = levelName(wish);
  const result = await documents.deliver({ draft, suffix: 'signed', note: { level } });
  const done = { key: 'sign.done', values: { name, result: result.name, level } };
  return { document, name, state: 'signed', result, level, messages: [done, ...notes] };
}
