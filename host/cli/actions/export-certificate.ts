import { X509Certificate } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { Failure } from '@sigill/core';
import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';

export interface ExportOptions {
  readonly der?: boolean;
  readonly out?: string;
}

/** Writes a certificate of the card, PEM or DER, to standard output or to a new file. */
export async function exportCertificate(context: Context, id: string, options: ExportOptions): Promise<void> {
  await context.withHost(async (host) => {
    const readers = await host.readers({ signal: context.io.signal });
    const card = chooseCard(readers, context.options.reader);
    const der = await host.certificate(card.id, id);
    const bytes = options.der === true ? Buffer.from(der) : Buffer.from(new X509Certificate(der).toString());
    tell(context, id, bytes, options);
  });
}

function tell({ io, say, texts }: Context, id: string, bytes: Buffer, { der = false, out }: ExportOptions): void {
  const encoding = der ? 'DER' : 'PEM';
  if (out !== undefined) {
    writeNew(out, bytes);
    say.answer({ id, encoding, path: out }, () => say.sentence(texts.text('cert.written', { id, path: out })));
    return;
  }
  const document = { id, encoding, ...(der ? { base64: bytes.toString('base64') } : { pem: bytes.toString() }) };
  // Bytes as they are, for a pipe; a document only for who asked for one.
  if (say.json) say.answer(document, () => []);
  else io.output.write(bytes);
}

/** Never over a file that is there. */
function writeNew(path: string, bytes: Buffer): void {
  try {
    const file = openSync(path, 'wx', 0o644);
    try {
      writeSync(file, bytes);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Failure('file-unwritable', { path, why: (error as NodeJS.ErrnoException).code ?? String(error) }, error);
  }
}
