import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCa } from '@sigill/core/sim';
import { documentOf } from '../pdf/documents.js';
import { tool } from '../pdf/tool.js';
import { serveSimulatedCards } from '../pki/simulated-authorities.js';
import { startTestPki, type TestPki } from '../pki/test-pki.js';
import { type CardsDocument, type Ended, Home, type RunOptions } from './sigill.js';

/** One document in a JSON answer of `sigill pdf sign`. */
export interface SignedDocument {
  readonly state: string;
  readonly file: string;
  readonly path?: string;
  readonly level?: string;
  readonly code?: string;
  readonly text: readonly string[];
}

/** A home with documents in it, and the programs that look at what is signed there. */
export class PdfStage {
  readonly home = new Home();
  readonly folder = join(this.home.folder, 'documents');
  readonly #nss = join(this.home.folder, 'nss');
  readonly #environment: NodeJS.ProcessEnv;

  /** With `pki` its services are reached, those of the simulated cards too, and its root is trusted. */
  constructor(pki?: TestPki) {
    mkdirSync(this.folder);
    this.#environment = pki ? { HTTP_PROXY: pki.server.site, NO_PROXY: '' } : {};
    if (!pki) return;
    writeFileSync(
      join(this.home.folder, 'trusted.pem'),
      `${readFileSync(join(pki.folder, 'root.crt'), 'utf8')}\n${authorities()}`,
    );
    this.settings({ trustFile: join(this.home.folder, 'trusted.pem') });
  }

  settings(chosen: object): void {
    const folder = join(this.home.folder, 'config', 'sigill');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(chosen));
  }

  /** A new document; gives its path. */
  write(name = 'offer.pdf', bytes: Uint8Array = documentOf()): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  names(): readonly string[] {
    return readdirSync(this.folder).sort();
  }

  /** Runs `sigill pdf …` with a simulated card; `codes` are typed. */
  pdf(card: string, args: readonly string[], codes: readonly string[] = [], more: RunOptions = {}): Promise<Ended> {
    const pin = codes.length > 0 ? ['--pin-stdin'] : [];
    return this.home.sigill(['--simulate', card, ...pin, 'pdf', ...args], {
      input: codes,
      environment: { ...this.#environment, ...more.environment },
    });
  }

  /** Signs one document and gives the path of the result. */
  async sign(card: string, pin: string, path: string, ...args: readonly string[]): Promise<string> {
    const { code, output, errors } = await this.pdf(card, ['sign', path, ...args, '--json'], [pin]);
    const [document] = (JSON.parse(output || '{}') as { documents?: SignedDocument[] }).documents ?? [];
    if (code !== 0 || document?.path === undefined) throw new Error(`ended with ${code}: ${output}${errors}`);
    return document.path;
  }

  /**
   * What the programs of the system object to in a signed document; empty when each accepts its signatures, the newest over the whole file unless
   * long-term data follow it.
   */
  async objections(path: string, lasting = false): Promise<readonly string[]> {
    const found: string[] = [];
    const [first, whole] = lasting
      ? ['The signature is valid', 'Signature is Valid.']
      : ['The document is unchanged since signing', 'Total document signed'];
    await this.#trust();
    const poppler = await tool('pdfsig', ['-nssdir', this.#nss, '-no-ocsp', path], 60_000);
    const signatures = poppler.text
      .split(/^Signature #\d+:/m)
      .slice(1)
      .filter((one) => !one.includes('Signature Type: unknown'));
    if (signatures.length === 0) found.push('pdfsig finds no signature');
    for (const one of signatures) if (!one.includes('Signature is Valid.')) found.push(`pdfsig: ${one}`);
    if (
      !signatures.at(-1)?.includes(whole ?? '') ||
      (whole === 'Total document signed' && signatures.at(-1)?.includes('Not total'))
    )
      found.push(`pdfsig lacks “${whole}”: ${signatures.at(-1)}`);
    const mupdf = await tool('mutool', ['sign', '-v', path], 60_000);
    if (!mupdf.text.includes(first ?? '')) found.push(`mutool: ${mupdf.text}`);
    const checked = await tool('qpdf', ['--check', path], 60_000);
    if (checked.code !== 0) found.push(`qpdf ${checked.code}: ${checked.text}`);
    return found;
  }

  /** OpenSSL's word on a signature of a document, with its chain up to the test CA; the first unless told. */
  async openssl(path: string, index = 0): Promise<string> {
    const bytes = readFileSync(path);
    const [a = 0, b = 0, c = 0, d = 0] = byteRanges(bytes)[index] ?? [];
    const digits = bytes.subarray(b + 1, c - 1).toString('latin1');
    const at = (name: string): string => join(this.home.folder, name);
    writeFileSync(at('covered'), Buffer.concat([bytes.subarray(a, b), bytes.subarray(c, c + d)]));
    writeFileSync(at('cms'), Buffer.from(digits, 'hex'));
    writeFileSync(at('ca.pem'), authorities());
    const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('covered')];
    const { code, text } = await tool('openssl', [
      ...args,
      '-CAfile',
      at('ca.pem'),
      '-purpose',
      'any',
      '-out',
      '/dev/null',
    ]);
    return code === 0 ? 'accepted' : text;
  }

  async #trust(): Promise<void> {
    mkdirSync(this.#nss, { recursive: true });
    await tool('certutil', ['-N', '-d', this.#nss, '--empty-password']);
    const { root, issuing } = testCa();
    const all = [root.pem, ...Object.values(issuing).map(({ pem }) => pem)];
    for (const [at, pem] of all.entries()) {
      const file = join(this.#nss, `${at}.pem`);
      writeFileSync(file, pem);
      await tool('certutil', ['-A', '-d', this.#nss, '-n', `ca-${at}`, '-t', 'CT,C,C', '-a', '-i', file]);
    }
  }

  dispose(): void {
    this.home.remove();
  }
}

/** The test PKI, with its server answering for the card’s certificates too. */
export async function pkiFor(cards: readonly string[]): Promise<TestPki> {
  const pki = await startTestPki();
  const home = new Home();
  const ders: Uint8Array[] = [];
  for (const card of cards) {
    const { readers } = await home.json<CardsDocument>(['--simulate', card, 'cards']);
    for (const { id } of readers[0]?.card?.certificates ?? []) {
      const out = join(home.folder, `${card}-${id}.der`);
      await home.sigill(['--simulate', card, 'cert', 'export', id, '--der', '--out', out]);
      ders.push(Uint8Array.from(readFileSync(out)));
    }
  }
  await serveSimulatedCards(pki, ders);
  home.remove();
  return pki;
}

/** Hex of SHA-256 over a file. */
export const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** /ByteRange of every signature, in the order of the file. */
export function byteRanges(bytes: Buffer): readonly (readonly number[])[] {
  return [...bytes.toString('latin1').matchAll(/\/ByteRange ?\[([\d ]+)\]/g)].map(([, numbers = '']) =>
    numbers.trim().split(/ +/).map(Number),
  );
}

function authorities(): string {
  const { root, issuing } = testCa();
  return [root.pem, ...Object.values(issuing).map(({ pem }) => pem)].join('\n');
}
