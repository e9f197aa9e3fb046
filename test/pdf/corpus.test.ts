import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { corpus } from './corpus.js';
import { type Line, judge } from './judge.js';
import { softwareKey } from './software-key.js';

const specimens = corpus();
const output = fileURLToPath(new URL('../output/', import.meta.url));
/** Best of the tools that were measured: 112; all of them together: 115. */
const target = 116;

// Real documents of ten public collections; they are no part of the project, so this runs where they lie beside it.
describe.runIf(specimens.length > 0)('real documents', () => {
  const lines: Line[] = [];

  beforeAll(async () => {
    const key = await softwareKey();
    const waiting = [...specimens];
    const lane = async (number: number): Promise<void> => {
      const folder = join(key.folder, `lane-${number}`);
      mkdirSync(folder);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        lines.push(await judge(next, key, folder));
    };
    await Promise.all([lane(1), lane(2), lane(3)]);
    rmSync(key.folder, { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
    lines.sort((a, b) => a.name.localeCompare(b.name));
    const row = ({ name, result, second, why }: Line): string => `| ${name} | ${result} | ${second} | ${why} |`;
    const head = '| document | first signature | second | why |\n| --- | --- | --- | --- |';
    writeFileSync(join(output, 'pdf-corpus.md'), `${[head, ...lines.map(row)].join('\n')}\n`);
  }, 400_000);

  it('are signed so that pdfsig, mutool, qpdf and openssl accept it, or refused', () => {
    expect(lines.filter(({ result }) => result === 'faulty')).toEqual([]);
  });

  it(`at least ${target} of them are signed`, () => {
    expect(lines.filter(({ result }) => result === 'accepted').length).toBeGreaterThanOrEqual(target);
  });

  it('take a second signature, with the first still valid', () => {
    expect(lines.filter(({ result, second }) => result !== 'refused' && second !== result)).toEqual([]);
  });

  it('are refused for a reason that is true', () => {
    const refused = lines.filter(({ result }) => result === 'refused');
    expect(Object.fromEntries(refused.map(({ name, why }) => [name, why]))).toMatchInlineSnapshot(`
      {
        "dss__edition_protected_signing_allowed_no_field": "pdf-permission {"newField":true}",
        "dss__pades_infinite_loop": "pdf-form-loop {}",
        "opdfsign__demo_protected": "pdf-password-missing {}",
        "pdfjs__issue21579": "pdf-permission {"newField":true}",
        "pdfjs__issue9418": "pdf-damaged {"what":"no pages"}",
        "pdfjs__poppler-742-0-fuzzed": "pdf-damaged {"what":"no catalog"}",
        "pyhanko__certified-with-indirect-refs-in-dir": "pdf-certified-closed {"field":"Sig1"}",
        "pyhanko__minimal-aes256-malformed-perms": "pdf-damaged {"what":"/P of /Encrypt"}",
        "pyhanko__minimal-pubkey-unknown-envelope-alg": "pdf-encryption-unknown {"handler":"Adobe.PubSec 5.0"}",
        "pyhanko__pubkey-ecc-test": "pdf-encryption-unknown {"handler":"Adobe.PubSec 5.0"}",
      }
    `);
  });

  it('are measured against the original only where MuPDF cannot read that', () => {
    // Both begin with other bytes than %PDF, which MuPDF takes no signature from.
    const relative = lines.filter(({ result }) => result === 'relative').map(({ name }) => name);
    expect(relative).toEqual(['pdf20__PDF_2.0_with_offset_start', 'pdfjs__issue6069']);
  });
});
