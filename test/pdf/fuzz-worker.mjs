// Opens, examines and prepares mutated documents, and tells one line of JSON for each hundred of them.
// Arguments: how many, a seed, and the documents to mutate.
import { readFileSync } from 'node:fs';
import { examine } from '../../plugins/pdf-sign/dist/pdf/examine.js';
import { changesSince } from '../../plugins/pdf-sign/dist/pdf/changes.js';
import { openPdf } from '../../plugins/pdf-sign/dist/pdf/open-pdf.js';
import { isPdfError } from '../../plugins/pdf-sign/dist/pdf/pdf-error.js';
import { prepareSignature } from '../../plugins/pdf-sign/dist/pdf/signature-update.js';
import { sourceOf } from '../../plugins/pdf-sign/dist/pdf/source.js';

const [count, seed, ...paths] = process.argv.slice(2);
let state = Number(seed) | 1;
/** Mulberry32: the same numbers in every run. */
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
};
const originals = paths.map((path) => readFileSync(path));
const words = [
  '0 R',
  '[',
  '<<',
  '>>',
  ']',
  '(',
  ')',
  'endobj',
  'stream',
  '/Kids',
  '/Prev 1',
  '/Length 99999999999',
  'xref',
  '9999999 0 obj',
];

function mutate(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  const kind = random(6);
  if (kind === 0) return Buffer.from(text.slice(0, random(text.length)), 'latin1');
  if (kind === 1) {
    const copy = Buffer.from(bytes);
    for (let at = 0; at <= random(20); at += 1) copy[random(copy.length)] = random(256);
    return copy;
  }
  if (kind === 2)
    return Buffer.from(
      text.replace(/\d{1,12}/g, (digits) => (random(30) === 0 ? String(random(2 ** random(34) + 1)) : digits)),
      'latin1',
    );
  // References that lead elsewhere: loops.
  if (kind === 3)
    return Buffer.from(
      text.replace(/(?<!\d)\d{1,6}(?= \d{1,5} R)/g, (digits) => (random(8) === 0 ? String(random(30)) : digits)),
      'latin1',
    );
  if (kind === 4) {
    const [from, to, length] = [random(text.length), random(text.length), random(2000)];
    return Buffer.from(text.slice(0, to) + text.slice(from, from + length) + text.slice(to), 'latin1');
  }
  const at = random(text.length);
  return Buffer.from(text.slice(0, at) + words[random(words.length)] + text.slice(at + random(10)), 'latin1');
}

const told = { opened: 0, prepared: 0, refused: 0 };
const codes = {};
for (let number = 1; number <= Number(count); number += 1) {
  const chosen = random(originals.length);
  let bytes = mutate(originals[chosen]);
  while (random(3) === 0 && bytes.length > 0) bytes = mutate(bytes);
  try {
    const pdf = await openPdf(sourceOf(bytes));
    told.opened += 1;
    for (const signature of pdf.signatures.slice(0, 4)) await changesSince(pdf, signature);
    if (examine(pdf, {}).refusal === undefined) {
      await prepareSignature(pdf, { subFilter: 'ETSI.CAdES.detached', contentsSize: 100 });
      told.prepared += 1;
    }
  } catch (error) {
    if (!isPdfError(error)) {
      console.log(JSON.stringify({ number, path: paths[chosen], crash: String(error?.stack ?? error) }));
      continue;
    }
    told.refused += 1;
    codes[error.code] = (codes[error.code] ?? 0) + 1;
  }
  if (number % 100 === 0) console.log(JSON.stringify({ number }));
}
console.log(JSON.stringify({ ...told, codes, peak: process.resourceUsage().maxRSS * 1024 }));
