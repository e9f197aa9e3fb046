import { createHash } from 'node:crypto';
import type { SignatureAlgorithm } from '@sigill/core';
import { algorithmFor, digestOfAlgorithm, readCertificate } from '@sigill/core/cms';
import { signedAttributes } from '../../plugins/pdf-sign/cms/signed-attributes.js';
import { signedData } from '../../plugins/pdf-sign/cms/signed-data.js';
import type { SignatureInput } from '../../plugins/pdf-sign/verify/check-pdf-signature.js';
import { makeToken } from './make-token.js';
import type { Person, TestPki } from './test-pki.js';

export interface SigningOptions {
  readonly algorithm?: SignatureAlgorithm;
  /** A timestamp over the value, by whom and when. */
  readonly stamped?: { readonly by?: Person; readonly time: Date };
  readonly chain?: readonly Person[];
  /** Replaces the certificates that come along. */
  readonly certificates?: readonly Uint8Array[];
  readonly subFilter?: string;
}

/** Stands for a document that grows: what is signed is what is there so far. */
export class SignedContent {
  readonly #pki: TestPki;
  readonly #parts: string[] = ['%PDF-1.7 some content'];
  readonly signatures: SignatureInput[] = [];

  constructor(pki: TestPki) {
    this.#pki = pki;
  }

  /** Signs and adds the signature. */
  async sign(person: Person, options: SigningOptions = {}): Promise<SignatureInput> {
    const content = this.#parts.join('\n');
    const certificate = this.#pki.der(person);
    const facts = readCertificate(certificate);
    const algorithm = options.algorithm ?? (facts && algorithmFor(facts)) ?? 'RSA-PKCS1-SHA256';
    const documentDigest = hash(content, digestOfAlgorithm(algorithm));
    const { attributes, digest } = signedAttributes({ documentDigest, algorithm, certificate });
    const value = await this.#pki.sign(person, algorithm, digest);
    const { stamped, chain = ['issuing'] } = options;
    const timestamp =
      stamped &&
      (await makeToken(this.#pki, stamped.by ?? 'tsa', { digest: hash(value, 'SHA-256'), time: stamped.time }));
    const cms = signedData({
      algorithm,
      attributes,
      value,
      certificates: [certificate, ...chain.map((name) => this.#pki.der(name))],
      ...(timestamp && { timestamp }),
    });
    return this.#add('signature', options.subFilter ?? 'ETSI.CAdES.detached', cms, content);
  }

  /** Adds a document timestamp. */
  async stamp(time: Date, by: Person = 'tsa'): Promise<SignatureInput> {
    const content = this.#parts.join('\n');
    const token = await makeToken(this.#pki, by, { digest: hash(content, 'SHA-256'), time });
    return this.#add('timestamp', 'ETSI.RFC3161', token, content);
  }

  #add(kind: SignatureInput['kind'], subFilter: string, cms: Uint8Array, content: string): SignatureInput {
    this.#parts.push(Buffer.from(cms).toString('hex'));
    const contents = Buffer.concat([cms, Buffer.alloc(500)]);
    const digest: SignatureInput['digest'] = async (algorithm) => hash(content, algorithm);
    const added: SignatureInput = {
      kind,
      subFilter,
      contents,
      coversAllButContents: true,
      end: this.#parts.join('\n').length,
      digest,
    };
    this.signatures.push(added);
    return added;
  }
}

/** A digest as the host gives it. */
export const hash = (bytes: string | Uint8Array, algorithm: string): Uint8Array =>
  Uint8Array.from(createHash(algorithm.replace('-', '')).update(bytes).digest());
