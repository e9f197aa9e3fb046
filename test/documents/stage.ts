import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { Failure } from '@sigill/core';
import type { DocumentFate } from '../../host/documents/delivery-journal.js';
import { DocumentStore } from '../../host/documents/document-store.js';

/** A store with a folder of documents, and what its journal was told. */
export class DocumentStage {
  readonly root = mkdtempSync(join(tmpdir(), 'sigill-documents-'));
  readonly folder = this.#made('folder');
  readonly state = this.#made('state');
  readonly runtime = this.#made('runtime');
  readonly received = this.#made('received');
  readonly fates: DocumentFate[] = [];
  /** False: the journal cannot be written. */
  journal = true;
  readonly store = new DocumentStore({
    state: this.state,
    runtime: this.runtime,
    documents: () => this.received,
    journal: {
      ready: () => this.#check(),
      write: (fate) => {
        this.#check();
        this.fates.push(fate);
      },
    },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });

  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array = 'the original'): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Names in the folder, hidden ones too. */
  names(folder = this.folder): readonly string[] {
    return readdirSync(folder).sort();
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  dispose(): void {
    this.store.dispose();
    rmSync(this.root, { recursive: true, force: true });
  }

  #made(name: string): string {
    const path = join(this.root, name);
    mkdirSync(path);
    return path;
  }

  #check(): void {
    if (!this.journal) throw new Failure('journal-unwritable', { path: 'journal', why: 'EROFS' });
  }
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (found: Uint8Array): string => new TextDecoder().decode(found);
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
