import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpus } from './corpus.js';
import { documentOf, madeBy, plainObjects } from './documents.js';
import { signBytes } from './sign-bytes.js';
import { softwareKey } from './software-key.js';
import { tool } from './tool.js';

const worker = fileURLToPath(new URL('fuzz-worker.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
const paths: string[] = [];

beforeAll(async () => {
  const form = documentOf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>',
      3: (plainObjects[3] ?? '').replace('/Type /Page', '/Type /Page /Annots [5 0 R]'),
      5: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Here) /Rect [10 10 90 30] /P 3 0 R /SV <</Reasons [(x)]>>>>',
    },
  });
  const packed = madeBy('qpdf', ['--object-streams=generate', 'in.pdf', 'out.pdf'], form);
  const locked = madeBy('qpdf', ['--encrypt', '', 'owner', '256', '--', 'in.pdf', 'out.pdf'], form);
  const key = await softwareKey();
  const signed = [];
  for (const original of [form, packed]) {
    const once = await signBytes(original, key.sign, { wish: { contentsSize: 1500, certify: 2 } });
    signed.push((await signBytes(once.bytes, key.sign, { wish: { contentsSize: 1500, field: 'Here' } })).bytes);
  }
  rmSync(key.folder, { recursive: true, force: true });
  [documentOf(), form, packed, locked, ...signed].forEach((bytes, at) => {
    const path = join(folder, `${at}.pdf`);
    writeFileSync(path, bytes);
    paths.push(path);
  });
  paths.push(...corpus().flatMap(({ path }) => (statSync(path).size < 30_000 ? [path] : [])));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('20,000 mutated documents: each signed, refused or an error of the reader, in less than 256 MB', async () => {
  const run = (seed: number) =>
    tool(process.execPath, ['--max-old-space-size=160', worker, '10000', String(seed), ...paths], 540_000);
  const outcomes = await Promise.all([run(1), run(2)]);
  for (const { code, text } of outcomes) {
    const lines = text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.filter((line) => Object.hasOwn(line as object, 'crash'))).toEqual([]);
    expect(code).toBe(0);
    const last = lines.at(-1) as { opened: number; prepared: number; refused: number; peak: number };
    expect(last.opened + last.refused).toBeGreaterThanOrEqual(10_000);
    // The mutations leave some documents whole and ruin others: both ways are gone.
    expect(last.prepared).toBeGreaterThan(1_000);
    expect(last.refused).toBeGreaterThan(1_000);
    expect(last.peak).toBeLessThan(256 * 1024 * 1024);
  }
}, 560_000);
