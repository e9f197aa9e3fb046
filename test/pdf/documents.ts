import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a document is put together from its objects. */
export interface DocumentShape {
  /** Objects by number: what stands between `obj` and `endobj`. */
  readonly objects?: Readonly<Record<number, string>>;
  /** More entries of the trailer. */
  readonly trailer?: string;
  readonly header?: string;
  /** Stands before the header; offsets count from the header. */
  readonly leading?: string;
  /** Added to the number behind `startxref`. */
  readonly off?: number;
  /** What stands behind `%%EOF`. */
  readonly ending?: string;
  readonly generation?: Readonly<Record<number, number>>;
}

/** A page with a line of text, and the objects that go with it. */
export const plainObjects: Readonly<Record<number, string>> = {
  1: '<</Type /Catalog /Pages 2 0 R /Unknown#20Key (kept) >>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 200]>>',
  3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>',
  4: '<</Length 44>>\nstream\nBT /F1 18 Tf 20 100 Td (Sopimus - Avtal) Tj ET\nendstream',
};

/** A document with a cross-reference table, as bytes. */
export function documentOf(shape: DocumentShape = {}): Uint8Array {
  const objects = { ...plainObjects, ...shape.objects };
  objects[4] = objects[4]?.replace('/Length 44', '/Length 46') ?? '';
  let text = `${shape.header ?? '%PDF-1.7'}\n%\xe2\xe3\xcf\xd3\n`;
  const numbers = Object.keys(objects).map(Number);
  const lines = new Map<number, string>();
  for (const num of numbers) {
    const gen = shape.generation?.[num] ?? 0;
    lines.set(num, `${String(text.length).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`);
    text += `${num} ${gen} obj\n${objects[num] ?? ''}\nendobj\n`;
  }
  const start = text.length;
  const size = Math.max(...numbers) + 1;
  text += `xref\n0 ${size}\n`;
  for (let num = 0; num < size; num += 1) text += lines.get(num) ?? '0000000000 65535 f \n';
  text += `trailer\n<</Size ${size} /Root 1 ${shape.generation?.[1] ?? 0} R ${shape.trailer ?? ''}>>\n`;
  text += `startxref\n${start + (shape.off ?? 0)}\n%%EOF${shape.ending ?? '\n'}`;
  return Buffer.from((shape.leading ?? '') + text, 'latin1');
}

/** What a program makes of a document; `in.pdf` and `out.pdf` stand for the files in its arguments. */
export function madeBy(program: string, args: readonly string[], bytes?: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
  try {
    if (bytes !== undefined) writeFileSync(join(folder, 'in.pdf'), bytes);
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
    return new Uint8Array(readFileSync(join(folder, 'out.pdf')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Characters of bytes, for looking into them. */
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
