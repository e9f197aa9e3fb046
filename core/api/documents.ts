import { token } from '../token.js';

/** Names a document that a person gave to the plugin, or a draft made from one, until the plugin's command ends. Tells no path. */
export type DocumentId = string & { readonly __document?: never };

export interface DocumentInfo {
  readonly id: DocumentId;
  /** File name without its folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes `offset` to `offset + length` of a document. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export type DigestAlgorithm = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Bytes that one `read`, `append` or `patch` may carry: a message of the contract has room for them as base64. */
export const mostBytes = 524_288;

/** How a draft becomes a file. */
export interface Delivery {
  readonly draft: DocumentId;
  /** Stands between the name and its extension: `signed` makes `offer-signed.pdf`, then `offer-signed-2.pdf`. `[a-z][a-z0-9-]*`. */
  readonly suffix: string;
  /** In place of the document's extension, for what is of another kind: `eml`. */
  readonly extension?: string;
  /** What the journal keeps beside names and digests: the signature's level, the certificate's SHA-256. Plain words. */
  readonly note?: Readonly<Record<string, string>>;
}

/**
 * Documents that a person gave to the plugin: their ids come in the arguments of its command, and count while one of its commands runs.
 * The host reads and writes; a document is never changed, and a draft made from it can only grow. Nothing of a draft is on the disk before
 * it is delivered. Needs permission `documents`.
 * Fails with `document-unknown`, `document-range`, `document-changed`, `file-unreadable`, `file-unwritable`, `journal-unwritable`.
 */
export interface Documents {
  info(document: DocumentId): Promise<DocumentInfo>;
  /** At most `mostBytes`; fewer bytes only at the end of the document. */
  read(document: DocumentId, range: ByteRange): Promise<Uint8Array>;
  /** The digest of the ranges one after the other, of any size: the bytes do not come to the plugin. */
  digest(document: DocumentId, algorithm: DigestAlgorithm, ranges: readonly ByteRange[]): Promise<Uint8Array>;
  /**
   * A draft that begins with all bytes of `document`, seen by nobody until it is delivered. `empty` begins with none. Fails here, before a
   * PIN is asked for, when the draft could not be delivered: the folder or the journal cannot be written, the disk has no room.
   */
  draft(document: DocumentId, start?: 'copy' | 'empty'): Promise<DocumentId>;
  /** Adds bytes at the end of a draft; gives its new size. */
  append(draft: DocumentId, bytes: Uint8Array): Promise<number>;
  /** Replaces bytes that were appended. Fails with `document-range` when one of them is the document's own. */
  patch(draft: DocumentId, offset: number, bytes: Uint8Array): Promise<void>;
  /** Makes the draft a file beside its document, or where the person said; never in place of another file. Gives the file as a document; the draft is gone. */
  deliver(delivery: Delivery): Promise<DocumentInfo>;
  /**
   * Forgets a draft. Those that are left when the command ends are forgotten too. `why` is the code of the failure, or one of the plugin's own
   * (`[a-z0-9.-]+`, at most 60 characters): should a card have signed the draft, the journal says that it was lost for this.
   */
  discard(draft: DocumentId, why?: string): Promise<void>;
}

export const Documents = token<Documents>('Documents');
