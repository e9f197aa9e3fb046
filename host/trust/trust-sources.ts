import { type FileHandle, open } from 'node:fs/promises';
import { type Cards, Failure, type Trust, type TrustAnchor } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import { certificateIn, certificatesInPem } from './certificates-in-pem.js';
import { systemAnchors } from './system-anchors.js';

export interface TrustSettings {
  readonly cards: Cards;
  /** The file that the person gave, now. */
  readonly file: () => string | undefined;
  /** The computer's own; read once. */
  readonly system?: () => readonly Uint8Array[];
}

/** Bytes of the person's file. */
const largest = 32 * 1_048_576;

/** What certificates are judged by: the computer's store, the person's file, and CA certificates on the cards that are in. */
export class TrustSources implements Trust {
  readonly #settings: TrustSettings;
  #system: readonly Uint8Array[] | undefined;

  constructor(settings: TrustSettings) {
    this.#settings = settings;
  }

  /** Fails with `file-unreadable` when the person's file cannot be read: a verdict without it would be another. */
  async anchors(): Promise<readonly TrustAnchor[]> {
    const file = await this.#file();
    this.#system ??= (this.#settings.system ?? systemAnchors)();
    const own = file === undefined ? [] : certificatesOf(file);
    return [
      ...this.#system.map((der): TrustAnchor => ({ der, source: 'system' })),
      ...own.map((der): TrustAnchor => ({ der, source: 'file' })),
      ...(await this.#onCards()).map((der): TrustAnchor => ({ der, source: 'card' })),
    ];
  }

  async list(): Promise<Uint8Array | undefined> {
    const file = await this.#file();
    return file === undefined || certificatesOf(file).length > 0 ? undefined : file;
  }

  async #onCards(): Promise<readonly Uint8Array[]> {
    const { cards } = this.#settings;
    const readers = await firstValueFrom(cards.readers, { defaultValue: [] });
    const found: Uint8Array[] = [];
    for (const { card } of readers) {
      if (card === undefined) continue;
      try {
        const { caCertificates } = await cards.details(card.id);
        for (const { id } of caCertificates) found.push(await cards.certificate(card.id, id));
      } catch {
        // A card that is pulled out or used by another program has no say now.
      }
    }
    return found;
  }

  async #file(): Promise<Uint8Array | undefined> {
    const path = this.#settings.file();
    if (path === undefined || path === '') return undefined;
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'r');
      const { size } = await file.stat();
      if (size > largest) throw new Failure('file-unreadable', { path, why: `it is larger than ${largest} bytes` });
      return await file.readFile();
    } catch (error) {
      if (error instanceof Failure) throw error;
      const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      throw new Failure('file-unreadable', { path, why }, error);
    } finally {
      await file?.close();
    }
  }
}

function certificatesOf(file: Uint8Array): readonly Uint8Array[] {
  // DER begins with SEQUENCE, PEM and XML with a character.
  if (file[0] === 0x30) return certificateIn(file);
  return certificatesInPem(Buffer.from(file).toString('latin1'));
}
